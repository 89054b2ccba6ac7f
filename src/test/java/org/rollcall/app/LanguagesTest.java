package org.rollcall.app;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import javafx.beans.property.SimpleStringProperty;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;

import atlantafx.base.controls.TabLine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.rollcall.connect.NewCredential;
import org.rollcall.connect.NewTenant;
import org.rollcall.domain.Actor;
import org.rollcall.domain.Cloud;
import org.rollcall.domain.Profile;
import org.rollcall.domain.ProfileConfig;
import org.rollcall.domain.Ref;
import org.rollcall.domain.Role;
import org.rollcall.domain.Trigger;
import org.rollcall.domain.UserFilter;
import org.rollcall.domain.UserSort;
import org.rollcall.sample.SampleTenant;
import org.rollcall.source.Connection.Credential;
import org.rollcall.sync.Draft;
import org.rollcall.sync.ImportRequest;
import org.rollcall.sync.plan.PeopleLimit;
import org.rollcall.task.JobContext;
import org.rollcall.text.Language;
import org.rollcall.ui.NoSession;
import org.rollcall.ui.UiTest;
import org.rollcall.ui.common.Motion;
import org.rollcall.ui.common.Navigator;
import org.rollcall.ui.common.WindowContext;
import org.rollcall.ui.common.WindowPreferences;
import org.rollcall.ui.shell.ShellView;
import org.rollcall.ui.shell.ShellViewModel;
import org.rollcall.ui.shell.WindowRoot;
import org.rollcall.ui.signin.SignInView;
import org.rollcall.ui.signin.SignInViewModel;
import org.rollcall.ui.welcome.SampleStartViewModel;
import org.rollcall.ui.welcome.WelcomeLinks;
import org.rollcall.ui.welcome.WelcomeView;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Every screen in German, whose words are the longest: none of ours is cut short. With `-Drollcall.pictures=true` in every
/// language, and it leaves pictures to be looked at, light and dark, wide and narrow: `target/screens/de/overview-light.png`.
@SuppressWarnings("NullAway") // fields are set before each test
@Isolated("the language is that of the process")
class LanguagesTest extends UiTest {
    /// What opens a dialog, by screen.
    private static final Map<String, List<String>> DIALOGS = Map.of(
            "groups", List.of("groups.rule.add", "groups.asOf"),
            "roles", List.of("roles.add", "roles.copy", "roles.rules.add"),
            "schedules", List.of("schedules.edit"),
            "authentication", List.of("authentication.ad.setUp", "authentication.sessions.edit"),
            "settings", List.of("settings.notify.mail", "settings.notify.webhook", "settings.backup.now"));
    private static final char[] PASSWORD = "a long pass phrase".toCharArray();

    private static final boolean PICTURES = Boolean.getBoolean("rollcall.pictures");

    @TempDir
    static Path folder;
    private static SampleTenant sample;
    private static WindowServices services;
    private static AppContext app;
    private static Actor actor;
    private ShellViewModel shell;
    private WindowContext windows;
    private final List<String> cut = new ArrayList<>();

    @BeforeAll
    static void importPeople() {
        sample = SampleTenant.start(SampleTenant.Options.defaults().withUsers(60).withGroups(8));
        ReadyFolder.create(folder.resolve("home"), "maren.holt", PASSWORD.clone(), "test", Clock.systemUTC()).close();
        services = WindowServices.open(folder.resolve("home"), Clock.systemUTC());
        app = services.context();
        actor = app.signIn().signIn("maren.holt", PASSWORD.clone(), "test");
        app.tenants().add(actor, new NewTenant("Contoso", sample.tenantId(), sample.clientId(),
                new NewCredential(new Credential.Secret(sample.clientSecret()), null, null), Cloud.CUSTOM,
                sample.origin(), sample.origin(), sample.caPem(), null), false, JobContext.silent());
        var group = sample.directory().groups().getFirst();
        var rule = new Draft.RuleDraft(new Ref(UUID.fromString(group.id()), String.valueOf(group.displayName())), true,
                Role.OPERATOR);
        assertTrue(app.imports().run(actor,
                new ImportRequest("Contoso", Profile.DEFAULT_NAME,
                        new Draft(ProfileConfig.everyone(), Role.USER, List.of(rule)), new PeopleLimit(100, true),
                        Trigger.MANUAL, false, 1_000, null),
                JobContext.silent()).succeeded());
        app.schedules().set(actor, app.profile(actor, "Contoso", Profile.DEFAULT_NAME).id(), Duration.ofHours(6));
    }

    @AfterAll
    static void close() {
        services.close();
        sample.close();
    }

    /// The one with the longest words; all of them when somebody wants to look.
    static Stream<Language> languages() {
        return PICTURES ? Stream.of(Language.values()) : Stream.of(Language.GERMAN);
    }

    @ParameterizedTest
    @MethodSource("languages")
    void noWordsAreCutShort(Language language) {
        speak(language);
        showWith(context -> new WelcomeView(new Motion(), new SampleStartViewModel(context.tasks(), () -> sample,
                _ -> {}), () -> {}, new WelcomeLinks(() -> {}, _ -> {})));
        look("01-welcome");
        showWith(context -> new SignInView(new SignInViewModel(context, new WindowDesk(app.auth(), "window", _ -> {}),
                new SimpleStringProperty(""), (_, _) -> {}), () -> {}, _ -> {}));
        look("02-sign-in");
        openShell();
        var person = app.people().list(actor, UserFilter.everyone(), UserSort.BY_NAME, null, 5).rows().getLast();
        var run = services.pulse().newest().orElseThrow();
        for (String screen : List.of("overview", "users", "groups", "roles", "schedules", "authentication", "activity",
                "settings")) {
            open(screen, Map.of());
            look(screen);
            lookNarrow(screen);
            for (var opener : DIALOGS.getOrDefault(screen, List.of())) {
                dialog(opener);
            }
        }
        open("users", Map.of("user", String.valueOf(person.id())));
        for (int tab = 0; tab < 4; tab++) {
            tab(tab);
            look("users-pane-" + tab);
        }
        click("users.pane.role");
        waitFor("the dialog", () -> exists("changeRole.role.Operator"));
        look("users-change-role");
        openShell();
        open("schedules", Map.of("run", String.valueOf(run.id())));
        look("run");
        assertEquals("", String.join("\n", cut));
    }

    private void dialog(String opener) {
        waitFor(opener, () -> exists(opener));
        click(opener);
        waitFor("the dialog of " + opener, () -> windows.dialogs().isOpen());
        drawn();
        look(opener);
        press(KeyCode.ESCAPE);
        waitFor("the dialog to close", () -> !windows.dialogs().isOpen());
    }

    private void tab(int tab) {
        fx(() -> scene().getRoot().lookupAll(".tab-line").stream().filter(TabLine.class::isInstance)
                .map(TabLine.class::cast).forEach(each -> each.getSelectionModel().select(tab)));
    }

    private void openShell() {
        showWith(context -> {
            windows = context;
            var root = new WindowRoot(context);
            var screens = new Screens(context, services, actor, new Leading(),
                    new WindowPreferences(folder.resolve("window.json"), Runnable::run), () -> {}, _ -> {}, () -> {})
                    .of(_ -> {}, _ -> {}, _ -> {});
            shell = new ShellViewModel(screens, context.tasks());
            shell.userNameProperty().set("Maren Holt");
            root.showShell(new ShellView(context, shell, new NoSession()), shell);
            shell.open("overview", Map.of());
            return root;
        });
    }

    private void open(String screen, Map<String, String> arguments) {
        fx(() -> shell.open(screen, arguments));
        drawn();
    }

    private void look(String name) {
        look(name, 1280, 800);
    }

    private void lookNarrow(String name) {
        look(name + "-narrow", 1000, 700);
        resize(1280, 800);
    }

    private void look(String name, int width, int height) {
        if (PICTURES) {
            picture(name, width, height);
        } else {
            resize(width, height);
        }
        cut.addAll(cutShort(name, Set.of("users.pane.second")));
    }

    private final class Leading implements Navigator {
        @Override
        public void open(String screen, Map<String, String> arguments) {
            shell.open(screen, arguments);
        }

        @Override
        public void cover(Node page) {}

        @Override
        public void uncover() {}
    }
}
