package org.rollcall.ui.users;

import java.util.List;
import java.util.function.Supplier;

import org.rollcall.audit.AuditService;
import org.rollcall.domain.Tenant;
import org.rollcall.roles.GroupService;
import org.rollcall.roles.PastService;
import org.rollcall.roles.PeopleService;
import org.rollcall.roles.RoleServices;
import org.rollcall.signin.AuthenticationService;
import org.rollcall.signin.LocalAccountService;
import org.rollcall.sync.RunService;
import org.rollcall.sync.WhyService;

/// What Users works with.
///
/// @param tenants those that are connected; called off the FX thread
public record UsersServices(PeopleService people, GroupService groups, RoleServices roles, WhyService why,
        RunService runs, AuditService audit, LocalAccountService accounts,
        AuthenticationService authentication, Supplier<List<Tenant>> tenants, PastService past) {}
