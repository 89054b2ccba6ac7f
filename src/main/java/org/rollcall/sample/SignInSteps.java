package org.rollcall.sample;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

import org.rollcall.sample.SamplePeople.Person;

/// The steps by which a person becomes signed in in the browser: user name and password, then the approval if the person
/// registered for MFA. Every page carries the original request's parameters along; what belongs to these pages themselves
/// starts with `sample_`.
///
/// `sample_user=UPN` signs in at once, without pages: for tests.
final class SignInSteps {
    static final String USER = "sample_user";
    static final String DECISION = "sample_decision";
    private static final String SESSION = "sample_session";
    private static final String STEP = "sample_step";
    private static final Duration LIFE = Duration.ofMinutes(10);

    /// How far the person has come.
    sealed interface Outcome {
        /// Signed in. The session goes into later pages' forms.
        record Done(Person person, Map<String, String> session) implements Outcome {}

        /// Not yet: this page has to be answered first.
        record Ask(SampleResponse page) implements Outcome {}
    }

    private record Session(String personId, Instant end, boolean mfa) {}

    private final SecureRandom random = new SecureRandom();
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();
    private final PersonSignIn signIn;
    private final IdentityPolicies policies;
    private final Clock clock;

    SignInSteps(PersonSignIn signIn, IdentityPolicies policies, Clock clock) {
        this.signIn = signIn;
        this.policies = policies;
        this.clock = clock;
    }

    /// Takes the next step.
    ///
    /// @param action path that the pages' forms post to
    /// @throws AadError if `sample_user` may not sign in
    Outcome next(String action, Map<String, String> parameters) {
        String sampleUser = parameters.get(USER);
        if (sampleUser != null) {
            return new Outcome.Done(signIn.known(sampleUser), Map.of(USER, sampleUser));
        }
        Session session = sessions.get(parameters.getOrDefault(SESSION, ""));
        if (session != null && clock.instant().isBefore(session.end)) {
            return resume(action, parameters, session);
        }
        String login = parameters.get("sample_login");
        if (login == null) {
            return new Outcome.Ask(
                    passwordPage(action, parameters, parameters.getOrDefault("login_hint", ""), ""));
        }
        try {
            Person person = signIn.check(login, parameters.getOrDefault("sample_password", ""));
            String id = Handles.next(random, "S");
            var fresh = new Session(person.objectId(), clock.instant().plus(LIFE), !policies.demandsMfa(person));
            sessions.put(id, fresh);
            var more = new TreeMap<>(parameters);
            more.put(SESSION, id);
            return resume(action, more, fresh);
        } catch (AadError e) {
            return new Outcome.Ask(passwordPage(action, parameters, login, String.valueOf(e.getMessage())));
        }
    }

    /// @throws AadError what the person is to be refused with
    void checkRefusal(Person person) {
        signIn.checkRefusal(person);
    }

    private Outcome resume(String action, Map<String, String> parameters, Session session) {
        String id = parameters.getOrDefault(SESSION, "");
        if (!session.mfa && !"mfa".equals(parameters.get(STEP))) {
            return new Outcome.Ask(mfaPage(action, parameters, id));
        }
        sessions.put(id, new Session(session.personId, session.end, true));
        return new Outcome.Done(signIn.stillThere(session.personId, session.end), Map.of(SESSION, id));
    }

    /// The parameters without those of these pages, for the next page's form.
    static Map<String, String> original(Map<String, String> parameters) {
        var kept = new TreeMap<>(parameters);
        kept.keySet().removeIf(name -> name.startsWith("sample_"));
        return kept;
    }

    private static SampleResponse passwordPage(String action, Map<String, String> parameters, String login,
            String error) {
        String warning = error.isEmpty() ? "" : "<p class=\"error\">" + HtmlPage.escape(error) + "</p>";
        return HtmlPage.of(200, "Sign in", """
                %s<form method="post" action="%s">
                %s<label for="login">User name</label>
                <input type="text" id="login" name="sample_login" value="%s" autocomplete="username" autofocus>
                <label for="password">Password</label>
                <input type="password" id="password" name="sample_password" autocomplete="current-password">
                <button type="submit">Sign in</button>
                </form>
                """.formatted(warning, HtmlPage.escape(action), HtmlPage.hidden(original(parameters)),
                HtmlPage.escape(login)));
    }

    private static SampleResponse mfaPage(String action, Map<String, String> parameters, String session) {
        var fields = original(parameters);
        fields.put(SESSION, session);
        fields.put(STEP, "mfa");
        return HtmlPage.of(200, "Approve sign-in request", """
                <p>A real tenant would now ask your authenticator app.</p>
                <form method="post" action="%s">
                %s<button type="submit">Approve</button>
                </form>
                """.formatted(HtmlPage.escape(action), HtmlPage.hidden(fields)));
    }

    /// A page that asks to accept or cancel.
    static SampleResponse decisionPage(String action, String title, String text, Map<String, String> parameters,
            Map<String, String> session) {
        var fields = original(parameters);
        fields.putAll(session);
        return HtmlPage.of(200, title, """
                %s<form method="post" action="%s">
                %s<button type="submit" name="sample_decision" value="accept">Accept</button>
                <button type="submit" name="sample_decision" value="decline">Cancel</button>
                </form>
                """.formatted(text, HtmlPage.escape(action), HtmlPage.hidden(fields)));
    }
}
