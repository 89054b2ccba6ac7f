package org.rollcall.sample;

/// What the sample organisation is called.
///
/// @param organization display name, such as `Contoso`
/// @param name the verified default domain, such as `contoso.example`
/// @param initialName the domain the tenant began with, such as `contoso.onmicrosoft.com`
record SampleDomain(String organization, String name, String initialName) {
    static final SampleDomain CONTOSO = new SampleDomain("Contoso", "contoso.example", "contoso.onmicrosoft.com");
}
