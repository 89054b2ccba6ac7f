package org.rollcall.sample;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;

import org.rollcall.sample.SamplePeople.Person;
import org.rollcall.sample.SignInSteps.Outcome;

/// `/devicelogin`: a person types the code that a device shows, signs in and approves. The same decision can be made
/// without a browser through [#decide].
final class DeviceLoginPage {
    private final SampleIdentity.Settings settings;
    private final TokenGrants grants;
    private final IdentityPolicies policies;
    private final SignInSteps steps;
    private final PersonSignIn signIn;
    private final Clock clock;

    DeviceLoginPage(SampleIdentity.Settings settings, TokenGrants grants, IdentityPolicies policies, SignInSteps steps,
            PersonSignIn signIn, Clock clock) {
        this.settings = settings;
        this.grants = grants;
        this.policies = policies;
        this.steps = steps;
        this.signIn = signIn;
        this.clock = clock;
    }

    SampleResponse page(String path, Map<String, String> parameters) {
        String userCode = parameters.getOrDefault("user_code", parameters.getOrDefault("otc", ""));
        if (userCode.isBlank()) {
            return codePage(path, "");
        }
        try {
            Optional<DeviceCodes.Entry> entry = grants.deviceCodes().byUserCode(userCode);
            if (entry.isEmpty()) {
                return codePage(path, "That code didn't work. Check the code and try again.");
            }
            return switch (steps.next(path, parameters)) {
                case Outcome.Ask(var page) -> page;
                case Outcome.Done(var person, var session) -> confirm(path, parameters, entry.get(), person, session);
            };
        } catch (AadError e) {
            return HtmlPage.error(e, clock.instant());
        }
    }

    private SampleResponse confirm(String path, Map<String, String> parameters, DeviceCodes.Entry entry, Person person,
            Map<String, String> session) {
        String decision = parameters.get(SignInSteps.DECISION);
        if (decision == null && !parameters.containsKey(SignInSteps.USER)) {
            return SignInSteps.decisionPage(path, "Are you trying to sign in to " + entry.app().displayName() + "?",
                    "<p>Only continue if you opened this page from a program that you trust.</p>", parameters, session);
        }
        Optional<AadError> refusal = decide(entry, person, !"decline".equals(decision));
        return refusal.isPresent()
                ? HtmlPage.error(refusal.get(), clock.instant())
                : HtmlPage.of(200, "You have signed in to " + entry.app().displayName(),
                        "<p>You may now close this window.</p>");
    }

    /// Decides a waiting code by its user code.
    ///
    /// @throws AadError 70018, 70019 for the code, 50034, 50057 for the person
    Optional<AadError> decide(String userCode, String userName, boolean approve) {
        DeviceCodes.Entry entry = grants.deviceCodes().byUserCode(userCode).orElseThrow(() -> AadError.of(70018));
        if (!approve && userName.isEmpty()) {
            grants.deviceCodes().decide(entry, new DeviceCodes.State.Refused(AadError.declined()));
            return Optional.of(AadError.declined());
        }
        return decide(entry, signIn.known(userName), approve);
    }

    private Optional<AadError> decide(DeviceCodes.Entry entry, Person person, boolean approve) {
        Optional<AadError> refusal = refusal(entry, person, approve);
        if (refusal.isEmpty()) {
            grants.consent().give(entry.app(), person, entry.scopes());
        }
        grants.deviceCodes().decide(entry, refusal.<DeviceCodes.State>map(DeviceCodes.State.Refused::new)
                .orElseGet(() -> new DeviceCodes.State.Approved(person)));
        return refusal;
    }

    private Optional<AadError> refusal(DeviceCodes.Entry entry, Person person, boolean approve) {
        if (!approve) {
            return Optional.of(AadError.declined());
        }
        if (policies.deviceCodeBlocked()) {
            return Optional.of(AadError.of(53003));
        }
        try {
            signIn.checkRefusal(person);
            grants.checkAssigned(entry.app(), person);
        } catch (AadError e) {
            return Optional.of(e);
        }
        return grants.consent().decide(entry.app(), person,
                entry.scopes()) == Consent.Decision.ADMINISTRATOR_NEEDED
                        ? Optional.of(AadError.of(90094, settings.organization(), entry.app().displayName(),
                                settings.organization()))
                        : Optional.empty();
    }

    private static SampleResponse codePage(String path, String error) {
        String warning = error.isEmpty() ? "" : "<p class=\"error\">" + HtmlPage.escape(error) + "</p>";
        return HtmlPage.of(200, "Enter code to allow access", """
                %s<form method="post" action="%s">
                <label for="code">Code</label>
                <input type="text" id="code" name="user_code" autocomplete="off" autofocus>
                <button type="submit">Next</button>
                </form>
                """.formatted(warning, HtmlPage.escape(path)));
    }
}
