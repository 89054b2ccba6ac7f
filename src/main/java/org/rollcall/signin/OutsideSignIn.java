package org.rollcall.signin;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.AdSettings;
import org.rollcall.domain.AuthSettings;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.SignInMode;
import org.rollcall.domain.SignInOutcome;
import org.rollcall.domain.Tenant;
import org.rollcall.domain.UserField;
import org.rollcall.domain.UserRow;
import org.rollcall.domain.UserStatus;
import org.rollcall.source.CallControl;
import org.rollcall.source.Endpoint;
import org.rollcall.source.EntraIdentity;
import org.rollcall.source.EntraIdentity.Proven;
import org.rollcall.source.LdapDirectory;
import org.rollcall.source.SignInRefusedException;
import org.rollcall.source.SignInTrail;
import org.rollcall.source.SignInTrail.Step;
import org.rollcall.store.AuthSettingsStore;
import org.rollcall.store.SignInStore;
import org.rollcall.store.TenantStore;
import org.rollcall.store.UserQueries;
import org.rollcall.text.Words;

/// Authenticates a person at an external directory and finds the imported person: by tenant and object id for Entra, by account
/// name for Active Directory. Neither signs in nor records anything.
final class OutsideSignIn {
    private final Supplier<EntraIdentity> entra;
    private final Supplier<LdapDirectory> ldap;
    private final Function<Tenant, Endpoint> endpoint;
    private final AuthSettingsStore settings;
    private final AdPasswords passwords;
    private final TenantStore tenants;
    private final UserQueries users;
    private final SignInStore people;

    OutsideSignIn(AuthServices.Ports ports, AuthenticationService.Stores stores, AdPasswords passwords) {
        this.entra = ports.entra();
        this.ldap = ports.ldap();
        this.endpoint = ports.endpoint();
        this.settings = stores.settings();
        this.passwords = passwords;
        this.tenants = stores.tenants();
        this.users = stores.users();
        this.people = stores.people();
    }

    /// @param expected the person it has to be; null: whoever `typed` refers to, if anybody
    Verdict verdict(SignInMode mode, String typed, @Nullable UserRow expected, SignInPrompts prompts,
            SignInTrail trail, CallControl control) {
        AuthSettings now = settings.get();
        if (!now.isOn(mode)) {
            return Verdict.refused(expected, SignInOutcome.MODE_OFF,
                    Words.of("signin.outsideSignIn.modeOff", words(mode)),
                    Words.of("signin.outsideSignIn.modeOff.remedy"));
        }
        return mode == SignInMode.AD
                ? byPassword(now, typed, expected, prompts, trail, control)
                : byEntra(now, mode, typed, expected, prompts, trail, control);
    }

    private Verdict byEntra(AuthSettings now, SignInMode mode, String typed, @Nullable UserRow expected,
            SignInPrompts prompts, SignInTrail trail, CallControl control) {
        String name = typed.strip();
        boolean hinted = !name.isEmpty();
        if (hinted && !Usernames.isPossible(name)) {
            return wrong(null, null);
        }
        long tenantId = now.entraTenantId() == null ? 0 : now.entraTenantId();
        Tenant tenant = tenants.byId(tenantId).orElseThrow();
        UserRow wanted = expected == null && hinted ? byUserName(name).orElse(null) : expected;
        String hint = wanted == null || wanted.upn() == null ? name : wanted.upn();
        var request = new EntraIdentity.Request(endpoint.apply(tenant), tenant.clientId(),
                hint != null && hint.contains("@") ? hint : null);
        Proven proven;
        try {
            proven = switch (mode) {
                case BROWSER -> entra.get().byBrowser(request, prompts::browse, trail, control);
                case DEVICE -> entra.get().byDeviceCode(request, prompts::show, trail, control);
                case PASSWORD, LOCAL, AD -> withPassword(name, prompts,
                        password -> entra.get().byPassword(request, hint == null ? name : hint, password, trail,
                                control));
            };
        } catch (SignInRefusedException e) {
            return Verdict.refused(wanted, e);
        }
        // Read only now: the person may have been renamed, deactivated or removed meanwhile.
        UserRow person = proven.tenantId().toString().equalsIgnoreCase(tenant.directoryId())
                ? users.byObjectId(tenantId, proven.objectId()).orElse(null)
                : null;
        Map<String, @Nullable Object> facts = Map.of("objectId", proven.objectId().toString(), "tenant",
                proven.tenantId().toString());
        boolean other = wanted != null
                ? person == null || person.id() != wanted.id()
                : hinted && !name.equalsIgnoreCase(proven.userName()) && !(person != null && isCalled(person, name));
        if (other) {
            return Verdict.refused(wanted == null ? person : wanted, SignInOutcome.OTHER_PERSON,
                    Words.of("signin.outsideSignIn.otherPerson", name),
                    Words.of("signin.outsideSignIn.otherPerson.remedy", name))
                    .with(facts);
        }
        if (person == null) {
            return notImported().with(facts);
        }
        return state(person, trail).with(facts);
    }

    private Verdict byPassword(AuthSettings now, String typed, @Nullable UserRow expected, SignInPrompts prompts,
            SignInTrail trail, CallControl control) {
        AdSettings ad = now.ad();
        String name = typed.strip();
        if (ad == null || !Usernames.isPossible(name)) {
            return wrong(null, null);
        }
        AdName who = AdName.of(name, ad.domain());
        UserRow wanted = expected == null ? adPerson(who, false).orElse(null) : expected;
        // An unknown name is sent as entered, so that the answer takes the same time.
        var account = wanted == null
                ? new LdapDirectory.Account(who.samAccountName(), who.userPrincipalName())
                : new LdapDirectory.Account(samAccountName(wanted), wanted.upn());
        try {
            withPassword(name, prompts,
                    password -> ldap.get().prove(passwords.opened(ad), account, password, trail, control));
        } catch (SignInRefusedException e) {
            return Verdict.refused(wanted, e);
        }
        if (who.foreign()) {
            return wrong(wanted, "FOREIGN_DOMAIN");
        }
        UserRow person = wanted == null ? adPerson(who, true).orElse(null) : users.byId(wanted.id()).orElse(null);
        return person == null ? notImported() : state(person, trail);
    }

    /// The imported person with an account name of Active Directory, if there is only one.
    ///
    /// @param anySpelling also matches user principal names that are nobody's user name
    Optional<UserRow> adPerson(AdName who, boolean anySpelling) {
        if (who.foreign()) {
            return Optional.empty();
        }
        String sam = who.samAccountName();
        String upn = who.userPrincipalName();
        List<UserRow> found;
        if (sam != null) {
            found = people.bySamAccountName(sam);
        } else if (upn != null) {
            found = people.byUserName(upn).stream().filter(row -> upn.equalsIgnoreCase(row.upn())).toList();
            found = found.isEmpty() && anySpelling ? people.byUpnInAnySpelling(upn) : found;
        } else {
            found = List.of();
        }
        List<UserRow> there = found.stream().filter(row -> samAccountName(row) != null).toList();
        return there.size() == 1 ? Optional.of(there.getFirst()) : Optional.empty();
    }

    private Optional<UserRow> byUserName(String name) {
        List<UserRow> found = people.byUserName(name);
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    static Verdict state(UserRow person, SignInTrail trail) {
        trail.passed(Step.PERSON, person.shownName() + " (" + person.username() + ")");
        if (person.status() == UserStatus.DISABLED) {
            return Verdict.refused(person, SignInOutcome.DEACTIVATED, Words.of("signin.outsideSignIn.deactivated"),
                    Words.of("signin.outsideSignIn.deactivated.remedy"));
        }
        if (person.status() == UserStatus.REMOVED) {
            return Verdict.refused(person, SignInOutcome.REMOVED, Words.of("signin.outsideSignIn.removed"),
                    Words.of("signin.outsideSignIn.removed.remedy"));
        }
        trail.passed(Step.STATE, Words.of("signin.outsideSignIn.activeWithTheRole", person.role()).english());
        return Verdict.admitted(person);
    }

    static Verdict notImported() {
        return Verdict.refused(null, SignInOutcome.NOT_IMPORTED, Words.of("signin.outsideSignIn.notImported"),
                Words.of("signin.outsideSignIn.notImported.remedy"));
    }

    private static Verdict wrong(@Nullable UserRow user, @Nullable String because) {
        Verdict verdict = Verdict.refused(user, SignInOutcome.WRONG_PASSWORD,
                Words.of("signin.outsideSignIn.wrongPassword"),
                Words.of("signin.outsideSignIn.wrongPassword.remedy"));
        return because == null ? verdict : verdict.with(Map.of("reason", because));
    }

    private static <T> T withPassword(String name, SignInPrompts prompts, Function<char[], T> prove) {
        char[] password = prompts.password(name);
        try {
            if (password.length == 0) {
                // A bind without a password always succeeds.
                throw new SignInRefusedException(SignInOutcome.WRONG_PASSWORD, null,
                        Words.of("signin.outsideSignIn.wrongPassword2"),
                        Words.of("signin.outsideSignIn.wrongPassword2.remedy"),
                        null);
            }
            return prove.apply(password);
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private static boolean isCalled(UserRow person, String name) {
        return name.equalsIgnoreCase(person.username()) || name.equalsIgnoreCase(person.upn())
                || name.equals(Long.toString(person.id()));
    }

    static @Nullable String samAccountName(UserRow person) {
        String name = person.attributes().text(UserField.ON_PREMISES_SAM_ACCOUNT_NAME);
        return name == null || name.isEmpty() ? null : name;
    }

    /// The way as display text: "signing in by ... is off".
    static Words words(SignInMode mode) {
        return Words.of("signin.mode." + mode.word());
    }

    /// A name entered for Active Directory: `DOMAIN
    /// ame`, a short name, or a UPN.
    ///
    /// @param foreign of another domain
    record AdName(@Nullable String samAccountName, @Nullable String userPrincipalName, boolean foreign) {
        static AdName of(String typed, @Nullable String domain) {
            int slash = typed.indexOf('\\');
            if (slash >= 0) {
                String said = typed.substring(0, slash);
                return new AdName(typed.substring(slash + 1), null,
                        domain != null && !domain.equalsIgnoreCase(said));
            }
            return typed.indexOf('@') >= 0 ? new AdName(null, typed, false) : new AdName(typed, null, false);
        }
    }

    /// @throws RollcallException the database could not be read
    AuthSettings settings() {
        return settings.get();
    }
}
