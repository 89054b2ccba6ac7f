package org.rollcall.ui.roles;

import java.util.List;
import java.util.function.LongFunction;
import java.util.function.Supplier;

import org.rollcall.domain.Profile;
import org.rollcall.domain.Tenant;
import org.rollcall.groups.GroupService;
import org.rollcall.roles.RoleServices;

/// What Roles works with.
///
/// @param tenants  those that are connected; called off the FX thread
/// @param profiles the imports of a tenant, by its id; called off the FX thread
public record RolesServices(RoleServices roles, GroupService groups, Supplier<List<Tenant>> tenants,
        LongFunction<List<Profile>> profiles) {}
