package org.rollcall.source;

import java.util.List;

/// The organization of a tenant.
///
/// @param tenantId the tenant's GUID
/// @param domains  verified domain names, the default one first
public record Organization(String tenantId, String displayName, List<String> domains) {}
