package org.rollcall.ui.users;

import java.util.List;
import java.util.function.Supplier;

import org.rollcall.audit.AuditService;
import org.rollcall.domain.Tenant;
import org.rollcall.groups.GroupService;
import org.rollcall.people.PastService;
import org.rollcall.people.PeopleEdits;
import org.rollcall.people.PeopleService;
import org.rollcall.roles.RoleServices;
import org.rollcall.runs.RunService;
import org.rollcall.signin.AuthenticationService;
import org.rollcall.signin.LocalAccountService;
import org.rollcall.sync.WhyService;

/// What Users works with.
///
/// @param tenants those that are connected; called off the FX thread
public record UsersServices(PeopleService people, PeopleEdits edits, GroupService groups, RoleServices roles,
        WhyService why,
        RunService runs, AuditService audit, LocalAccountService accounts,
        AuthenticationService authentication, Supplier<List<Tenant>> tenants, PastService past) {}
