package org.rollcall.ui.groups;

import java.util.List;
import java.util.function.LongFunction;
import java.util.function.Supplier;

import org.rollcall.domain.Profile;
import org.rollcall.domain.Tenant;
import org.rollcall.groups.GroupService;
import org.rollcall.people.PastService;
import org.rollcall.people.PeopleService;
import org.rollcall.roles.RoleServices;

/// What Groups works with.
///
/// @param tenants  those that are connected, and those whose people stayed; called off the FX thread
/// @param profiles the imports of a tenant, by its id; called off the FX thread
/// @param past     groups as they were
public record GroupsServices(GroupService groups, PeopleService people, RoleServices roles,
        Supplier<List<Tenant>> tenants, LongFunction<List<Profile>> profiles, PastService past) {}
