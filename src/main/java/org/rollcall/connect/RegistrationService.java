package org.rollcall.connect;

import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import org.rollcall.connect.RegistrationPlan.Kind;
import org.rollcall.connect.RegistrationPlan.Rights;
import org.rollcall.connect.RegistrationPlan.Step;
import org.rollcall.domain.Actor;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.Permission;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.Tenant;
import org.rollcall.source.CallControl;
import org.rollcall.source.DeviceCode;
import org.rollcall.source.PersonSignIn;
import org.rollcall.source.RegistrationPort;
import org.rollcall.source.RegistrationPort.Application;
import org.rollcall.source.RegistrationPort.Grants;
import org.rollcall.source.RegistrationPort.Graph;
import org.rollcall.source.RegistrationPort.NewApplication;
import org.rollcall.source.SignedIn;
import org.rollcall.task.JobContext;
import org.rollcall.text.Words;

/// Registers Rollcall in a tenant on behalf of an administrator who signs in for it: application, certificate, permissions with
/// consent, and a first token that proves all of it. An incomplete registration is rolled back.
///
/// Source: learn.microsoft.com/graph/permissions-grant-via-msgraph.
public final class RegistrationService {
    /// "Microsoft Graph Command Line Tools", a public client of Microsoft that exists in every tenant. Administrators who block
    /// it can name another public client.
    public static final String BOOTSTRAP_CLIENT_ID = "14d82eec-204b-4c2f-b7e8-296a70dab67e";
    /// The name of a new application in Entra.
    public static final String APPLICATION_NAME = "Rollcall";

    private static final Set<String> ADMINISTRATOR_SCOPES = Set.of("Application.ReadWrite.All",
            "AppRoleAssignment.ReadWrite.All", "DelegatedPermissionGrant.ReadWrite.All");
    /// The permissions for people's own sign-in.
    private static final Set<String> SIGN_IN_SCOPES = Set.of("openid", "profile", "offline_access", "User.Read");
    private static final List<String> REDIRECTS = List.of("http://localhost");
    private static final String TAG = "Rollcall";
    /// Template ids of Global Administrator and Privileged Role Administrator, the only ones who may grant application
    /// permissions of Microsoft Graph.
    private static final Set<String> GRANTING_ROLES = Set.of("62e90394-69f5-4237-9190-012177145e10",
            "e8611ab8-c189-46e8-94e1-60213ab1f814");

    private final TenantService tenants;
    private final PersonSignIn people;
    private final RegistrationPort port;
    private final CertificateMaker certificates;
    private final Function<JobContext, CallControl> controls;

    /// The administrator's choices.
    ///
    /// @param optionalPermissions application permissions in addition to the required ones
    public record Options(String applicationName, Set<String> optionalPermissions) {
        public Options {
            optionalPermissions = Set.copyOf(optionalPermissions);
        }

        /// "Rollcall", with the permission for the MFA report.
        public static Options standard() {
            return new Options(APPLICATION_NAME, Set.of("AuditLog.Read.All"));
        }
    }

    public RegistrationService(TenantService tenants, PersonSignIn people, RegistrationPort port, Clock clock) {
        this(tenants, people, port, clock, job -> new JobControl(job, true));
    }

    /// @param controls implements the waits
    RegistrationService(TenantService tenants, PersonSignIn people, RegistrationPort port, Clock clock,
            Function<JobContext, CallControl> controls) {
        this.tenants = tenants;
        this.people = people;
        this.port = port;
        this.certificates = new CertificateMaker(clock);
        this.controls = controls;
    }

    /// Waits until an administrator of the tenant has entered a code on Microsoft's page. For a new code, cancel and call
    /// again.
    ///
    /// @param bootstrapClientId usually [#BOOTSTRAP_CLIENT_ID]
    /// @param show              receives the code as soon as there is one
    /// @throws RollcallException REFUSED: declined, expired, blocked by policy, not allowed; OFFLINE
    public AdministratorSession signInByDeviceCode(Actor actor, TenantPlace place, String bootstrapClientId,
            Consumer<DeviceCode> show, JobContext job) {
        PersonSignIn.Request request = request(actor, place, bootstrapClientId);
        job.message(Words.of("connect.registrationService.waitingForTheSignIn").english());
        return session(place, request, () -> people.byDeviceCode(request, show, controls.apply(job)));
    }

    /// Waits until an administrator of the tenant has signed in with the browser.
    ///
    /// @param open opens the address in the browser
    /// @throws RollcallException REFUSED: declined, blocked by policy, not allowed; OFFLINE
    public AdministratorSession signInByBrowser(Actor actor, TenantPlace place, String bootstrapClientId,
            Consumer<URI> open, JobContext job) {
        PersonSignIn.Request request = request(actor, place, bootstrapClientId);
        job.message(Words.of("connect.registrationService.waitingForTheSignIn").english());
        return session(place, request, () -> people.byBrowser(request, open, controls.apply(job)));
    }

    private static PersonSignIn.Request request(Actor actor, TenantPlace place, String bootstrapClientId) {
        actor.require(Permission.MANAGE_TENANTS);
        return new PersonSignIn.Request(place.endpoint(), TenantAddress.clientId(bootstrapClientId),
                ADMINISTRATOR_SCOPES);
    }

    private AdministratorSession session(TenantPlace place, PersonSignIn.Request request,
            java.util.function.Supplier<SignedIn> signIn) {
        try {
            SignedIn administrator = signIn.get();
            return new AdministratorSession(place, administrator, port.open(request.endpoint(), administrator));
        } catch (RollcallException e) {
            if (e.code().equals("entra.consent.missing")) {
                // It is not Rollcall's application that lacks consent here: the person may not consent to such scopes.
                throw new RollcallException(ErrorKind.REFUSED, "registration.rights",
                        Words.of("connect.registration.rights"),
                        Words.of("connect.registration.rights.remedy"),
                        e.details(), e);
            }
            throw e;
        }
    }

    /// The changes that [#register] would make. Changes nothing.
    public RegistrationPlan plan(Actor actor, AdministratorSession administrator, Options options, JobContext job) {
        actor.require(Permission.MANAGE_TENANTS);
        String name = checkedName(options.applicationName);
        CallControl control = controls.apply(job);
        job.message(Words.of("connect.registrationService.lookingForWhatAlreadyExists").english());
        Graph graph = administrator.session().graph(control);
        Application existing = administrator.session().named(name, control).stream()
                .filter(one -> one.tags().contains(TAG)).findFirst().orElse(null);
        Set<String> wanted = wanted(options.optionalPermissions);
        requireOffered(wanted, graph);
        var steps = new ArrayList<Step>();
        steps.add(new Step(Kind.APPLICATION, Words.of("connect.registrationService.application", name).english(),
                Words.of("connect.registrationService.forThisTenantOnlyPeople").english(),
                existing != null));
        steps.add(new Step(Kind.CERTIFICATE, "Certificate",
                Words.of("connect.registrationService.rsa3072GoodForTwo").english(), false));
        steps.add(new Step(Kind.SERVICE_PRINCIPAL,
                Words.of("connect.registrationService.enterpriseApplication").english(),
                Words.of("connect.registrationService.whatPermissionsAreGrantedTo").english(),
                existing != null));
        PermissionCatalogue.uses().stream().filter(use -> wanted.contains(use.name())).forEach(use -> steps
                .add(new Step(Kind.APPLICATION_PERMISSION, use.name(), use.purpose(), false)));
        steps.add(
                new Step(Kind.SIGN_IN_PERMISSIONS, Words.of("connect.registrationService.signInPermissions").english(),
                        Words.of("connect.registrationService.openidProfileOfflineAccessUser").english(), false));
        steps.add(new Step(Kind.CHECK, Words.of("connect.registrationService.firstToken").english(),
                Words.of("connect.registrationService.showsThatApplicationCertificateAnd").english(),
                false));
        return new RegistrationPlan(name, wanted, existing, List.copyOf(steps),
                rights(administrator.administrator().roles()));
    }

    private static String checkedName(String typed) {
        String name = typed.strip();
        if (name.isEmpty() || name.length() > 120 || name.chars().anyMatch(Character::isISOControl)) {
            throw RollcallException.input("registration.name",
                    Words.of("connect.registration.name"), Words.of("connect.registration.name.remedy"));
        }
        return name;
    }

    private static Set<String> wanted(Set<String> optional) {
        var wanted = new LinkedHashSet<String>();
        PermissionCatalogue.uses().stream().filter(use -> use.needed() || optional.contains(use.name()))
                .forEach(use -> wanted.add(use.name()));
        requireKnown(optional, wanted);
        return java.util.Collections.unmodifiableSet(wanted);
    }

    private static void requireKnown(Set<String> asked, Set<String> known) {
        asked.stream().filter(one -> !known.contains(one)).findFirst().ifPresent(one -> {
            throw RollcallException.input("registration.permission", Words.of("connect.registration.permission", one),
                    Words.of("connect.registration.permission.remedy", String.join(", ",
                            PermissionCatalogue.uses().stream().map(PermissionCatalogue.Use::name).toList())));
        });
    }

    private static void requireOffered(Set<String> wanted, Graph graph) {
        wanted.stream().filter(one -> !graph.roles().containsKey(one)).findFirst().ifPresent(one -> {
            throw new RollcallException(ErrorKind.REFUSED, "registration.not-offered",
                    Words.of("connect.registration.not-offered", one),
                    Words.of("connect.registration.not-offered.remedy"));
        });
    }

    private static Rights rights(Set<String> directoryRoles) {
        if (directoryRoles.isEmpty()) {
            return Rights.UNKNOWN;
        }
        return directoryRoles.stream().anyMatch(GRANTING_ROLES::contains) ? Rights.ENOUGH : Rights.TOO_FEW;
    }

    /// Executes the plan and connects the tenant. If anything fails or the job is cancelled, everything created in Entra is
    /// rolled back and nothing is stored.
    ///
    /// @param name of the tenant in Rollcall
    /// @throws RollcallException INPUT: the name is taken; REFUSED, OFFLINE, THROTTLED; `registration.left-behind` if the
    ///                           rollback failed too, with the objects to delete by hand
    ///                           back failed too, with what has to be deleted by hand
    public Tenant register(Actor actor, AdministratorSession administrator, RegistrationPlan plan, String name,
            JobContext job) {
        actor.require(Permission.MANAGE_TENANTS);
        tenants.requireFree(name);
        RegistrationPort.Session session = administrator.session();
        CallControl control = controls.apply(job);
        var stages = new Stages(job, 5);
        return new TakingBack(() -> controls.apply(JobContext.silent())).run(undo -> {
            stages.next(Words.of("connect.registrationService.makingACertificate").english());
            CertificateMaker.Made made = certificates.make(plan.applicationName());
            Graph graph = session.graph(control);
            stages.next(Words.of("connect.registrationService.registeringTheApplication").english());
            Application application = plan.existing();
            boolean fresh = application == null;
            String key;
            if (application == null) {
                key = UUID.randomUUID().toString();
                application = create(session, plan, made, key, graph, control, undo);
            } else {
                session.complete(application, plan.permissions(), SIGN_IN_SCOPES, REDIRECTS, graph, control);
                key = addCertificate(session, application, made, control, undo);
            }
            stages.next(Words.of("connect.registrationService.grantingPermissions").english());
            Grants principal = session.principal(application, graph, control);
            assign(session, principal, plan.permissions(), graph, control, fresh ? null : undo);
            session.consent(principal, graph, SIGN_IN_SCOPES, control);
            stages.next(Words.of("connect.registrationService.gettingAFirstToken").english());
            NewTenant wanted = administrator.place().tenant(name, application.clientId(),
                    made.credential().registered(application.objectId(), key));
            Tenant stored = new Settling(control).until(() -> {
                Settling.requireGranted(tenants.probe(actor, wanted, job), plan.permissions());
                return tenants.add(actor, wanted, true, job);
            });
            stages.next("Connected");
            return stored;
        });
    }

    private Application create(RegistrationPort.Session session, RegistrationPlan plan, CertificateMaker.Made made,
            String key, Graph graph, CallControl control, TakingBack.Undo undo) {
        // If the answer is lost, only this tag identifies the application that was created.
        String attempt = "Rollcall-" + UUID.randomUUID();
        undo.uncertain(Words.of("connect.registrationService.theApplication", plan.applicationName()).english(),
                calm -> session.named(plan.applicationName(), calm).stream()
                        .filter(one -> one.tags().contains(attempt)).forEach(one -> session.delete(one, calm)));
        Application registered = session
                .create(new NewApplication(plan.applicationName(), List.of(TAG, attempt), REDIRECTS,
                        plan.permissions(), SIGN_IN_SCOPES, made.der(), made.name(), key), graph, control);
        undo.certain(
                Words.of("connect.registrationService.theApplication2", registered.displayName(), registered.clientId())
                        .english(),
                calm -> session.delete(registered, calm));
        return registered;
    }

    private static String addCertificate(RegistrationPort.Session session, Application application,
            CertificateMaker.Made made, CallControl control, TakingBack.Undo undo) {
        String key = session.addCertificate(application, made.der(), made.name(), control);
        undo.certain(
                Words.of("connect.registrationService.theCertificateOfTheApplication", made.thumbprint(),
                        application.displayName()).english(),
                calm -> session.removeCertificate(application, key, calm));
        return key;
    }

    private static void assign(RegistrationPort.Session session, Grants principal, Set<String> permissions,
            Graph graph, CallControl control, TakingBack.@Nullable Undo undo) {
        requireOffered(permissions, graph);
        for (String permission : permissions) {
            String role = String.valueOf(graph.roles().get(permission));
            if (principal.roles().containsKey(role)) {
                continue;
            }
            String assignment = session.assign(principal, graph, role, control);
            if (undo != null) {
                undo.certain(Words.of("connect.registrationService.thePermission", permission).english(),
                        calm -> session.unassign(principal, assignment, calm));
            }
        }
    }

    /// Grants more permissions to the application of a connected tenant.
    ///
    /// @return the result of an online check afterwards
    public VerifyReport addPermissions(Actor actor, AdministratorSession administrator, String tenant,
            Set<String> permissions, JobContext job) {
        actor.require(Permission.MANAGE_TENANTS);
        requireKnown(permissions, wanted(permissions));
        RegistrationPort.Session session = administrator.session();
        CallControl control = controls.apply(job);
        Application application = applicationOf(administrator, tenant, control);
        var stages = new Stages(job, 2);
        return new TakingBack(() -> controls.apply(JobContext.silent())).run(undo -> {
            stages.next(Words.of("connect.registrationService.grantingPermissions").english());
            Graph graph = session.graph(control);
            requireOffered(permissions, graph);
            session.complete(application, permissions, SIGN_IN_SCOPES, REDIRECTS, graph, control);
            assign(session, session.principal(application, graph, control), permissions, graph, control, undo);
            stages.next(Words.of("connect.registrationService.gettingAToken").english());
            return new Settling(control).until(() -> {
                VerifyReport report = tenants.verify(actor, tenant, job);
                Settling.requireGranted(report, permissions);
                return report;
            });
        });
    }

    /// Gives a connected tenant a new certificate; the earlier one stays registered in Entra until it expires.
    ///
    /// @return the new one, without its key
    public CertificateMaker.Made renewCertificate(Actor actor, AdministratorSession administrator, String tenant,
            JobContext job) {
        actor.require(Permission.MANAGE_TENANTS);
        CallControl control = controls.apply(job);
        Application application = applicationOf(administrator, tenant, control);
        var stages = new Stages(job, 2);
        return new TakingBack(() -> controls.apply(JobContext.silent())).run(undo -> {
            stages.next(Words.of("connect.registrationService.makingACertificate").english());
            CertificateMaker.Made made = certificates.make(application.displayName());
            String key = addCertificate(administrator.session(), application, made, control, undo);
            stages.next(Words.of("connect.registrationService.gettingAToken").english());
            new Settling(control).until(() -> {
                tenants.replaceCredential(actor, tenant, made.credential().registered(application.objectId(), key),
                        true,
                        job);
                return made;
            });
            return made;
        });
    }

    private Application applicationOf(AdministratorSession administrator, String name, CallControl control) {
        Tenant tenant = tenants.byName(name);
        String signedInTo = administrator.tenantId();
        if (signedInTo != null && TenantAddress.isGuid(tenant.directoryId())
                && !signedInTo.equalsIgnoreCase(tenant.directoryId())) {
            throw RollcallException.input("registration.other-tenant",
                    Words.of("connect.registration.other-tenant", tenant.name()),
                    Words.of("connect.registration.other-tenant.remedy"));
        }
        return administrator.session().byClientId(tenant.clientId(), control)
                .orElseThrow(() -> new RollcallException(ErrorKind.REFUSED, "registration.no-application",
                        Words.of("connect.registration.no-application", tenant.clientId()),
                        Words.of("connect.registration.no-application.remedy")));
    }

    /// Progress by completed stages.
    private static final class Stages {
        private final JobContext job;
        private final int total;
        private int done;

        Stages(JobContext job, int total) {
            this.job = job;
            this.total = total;
        }

        void next(String message) {
            job.checkCancelled();
            job.message(message);
            job.progress(done++, total);
        }
    }
}
