package org.rollcall.ui.profile;

import org.rollcall.audit.AuditService;
import org.rollcall.people.PeopleService;
import org.rollcall.signin.AuthenticationService;
import org.rollcall.sync.WhyService;

/// What the own profile works with.
public record ProfileServices(PeopleService people, WhyService why, AuditService audit,
        AuthenticationService authentication) {}
