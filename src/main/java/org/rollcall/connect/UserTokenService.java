package org.rollcall.connect;

import java.net.URI;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Actor;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.Permission;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.Tenant;
import org.rollcall.source.CallControl;
import org.rollcall.source.DeviceCode;
import org.rollcall.source.PersonSignIn;
import org.rollcall.source.SignedIn;
import org.rollcall.task.JobContext;
import org.rollcall.text.Words;

/// Connects tenants that grant no application permissions: an administrator signs in, and Rollcall reads on that person's
/// behalf. The sealed refresh token is stored.
public final class UserTokenService {
    /// The consequences of such a connection, as display text.
    public static final Words MEANING = Words.of("connect.userToken.meaning");

    private final TenantService tenants;
    private final PersonSignIn people;
    private final Function<JobContext, CallControl> controls;

    /// A signed-in person.
    ///
    /// @param credential  the refresh token, to be stored with a tenant
    /// @param userName    empty if Entra did not return it
    /// @param tenantId    GUID of the tenant; null if Entra did not return it
    /// @param permissions delegated permissions of the token
    public record UserSignIn(NewCredential credential, String userName, @Nullable String tenantId,
            Set<String> permissions) {
        public UserSignIn {
            permissions = Set.copyOf(permissions);
        }
    }

    public UserTokenService(TenantService tenants, PersonSignIn people) {
        this(tenants, people, job -> new JobControl(job, true));
    }

    /// @param controls implements the waits
    UserTokenService(TenantService tenants, PersonSignIn people, Function<JobContext, CallControl> controls) {
        this.tenants = tenants;
        this.people = people;
        this.controls = controls;
    }

    /// Waits until the person has entered a code on Microsoft's page. For a new code, cancel and call again.
    ///
    /// @param clientId public client that the person signs in to; [RegistrationService#BOOTSTRAP_CLIENT_ID] needs no
    ///                 registration
    /// @param optional permissions in addition to the required ones, such as `AuditLog.Read.All`
    /// @throws RollcallException REFUSED: declined, expired, blocked by policy, no consent; OFFLINE
    public UserSignIn byDeviceCode(Actor actor, TenantPlace place, String clientId, Set<String> optional,
            Consumer<DeviceCode> show, JobContext job) {
        PersonSignIn.Request request = request(actor, place, clientId, optional);
        job.message(Words.of("connect.userTokenService.waitingForTheSignIn").english());
        return kept(people.byDeviceCode(request, show, controls.apply(job)));
    }

    /// Waits until the person has signed in with the browser.
    ///
    /// @param open opens the address in the browser
    public UserSignIn byBrowser(Actor actor, TenantPlace place, String clientId, Set<String> optional,
            Consumer<URI> open, JobContext job) {
        PersonSignIn.Request request = request(actor, place, clientId, optional);
        job.message(Words.of("connect.userTokenService.waitingForTheSignIn").english());
        return kept(people.byBrowser(request, open, controls.apply(job)));
    }

    /// Checks online and connects the tenant; nothing is stored if the check fails.
    public Tenant connect(Actor actor, String name, TenantPlace place, String clientId, UserSignIn signIn,
            JobContext job) {
        return tenants.add(actor, wanted(name, place, clientId, signIn), true, job);
    }

    /// What [#connect] would store, for a check in advance.
    public NewTenant wanted(String name, TenantPlace place, String clientId, UserSignIn signIn) {
        return place.tenant(name, clientId, signIn.credential);
    }

    /// Replaces a sign-in that has expired.
    public void renew(Actor actor, String tenant, UserSignIn signIn, JobContext job) {
        tenants.replaceCredential(actor, tenant, signIn.credential, true, job);
    }

    private static PersonSignIn.Request request(Actor actor, TenantPlace place, String clientId,
            Set<String> optional) {
        actor.require(Permission.MANAGE_TENANTS);
        var scopes = new LinkedHashSet<String>();
        PermissionCatalogue.uses().stream().filter(use -> use.needed() || optional.contains(use.name()))
                .forEach(use -> scopes.add(use.name()));
        return new PersonSignIn.Request(place.endpoint(), TenantAddress.clientId(clientId), scopes);
    }

    private static UserSignIn kept(SignedIn person) {
        String token = person.refreshToken();
        if (token == null) {
            throw new RollcallException(ErrorKind.REFUSED, "signin.no-refresh-token",
                    Words.of("connect.signin.no-refresh-token"),
                    Words.of("connect.signin.no-refresh-token.remedy"));
        }
        return new UserSignIn(NewCredential.userToken(token), person.userName(), person.tenantId(), person.scopes());
    }
}
