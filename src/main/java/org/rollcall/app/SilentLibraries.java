package org.rollcall.app;

import java.util.List;

/// Libraries and the Java runtime write whole requests, secrets among them, where a property asks for it that anybody can hand over
/// in a variable (JAVA_TOOL_OPTIONS). Nobody asks for it here: what is logged goes through our own log, at its own levels.
public final class SilentLibraries {
    private static final List<String> PREFIXES = List.of("javax.net.debug", "java.security.debug", "jdk.httpclient.",
            "jdk.internal.httpclient.", "jdk.http.auth.", "com.unboundid.ldap.sdk.debug.", "com.sun.jndi.ldap.",
            "logback.", "java.util.logging.", "mail.debug", "h2.trace", "slf4j.", "org.slf4j.",
            "sun.security.krb5.debug", "sun.net.www.http.", "com.zaxxer.hikari.", "org.jooq.log");

    /// Read by [java.util.logging.LogManager] in the place of its file: nothing is configured, so nothing is written anywhere.
    public SilentLibraries() {}

    /// To be called before anything else is.
    static void begin() {
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> PREFIXES.stream().anyMatch(name::startsWith)).forEach(System::clearProperty);
        System.setProperty("java.util.logging.config.class", SilentLibraries.class.getName());
    }
}
