package org.rollcall.app;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;

import com.unboundid.ldap.sdk.LDAPException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.connect.JobControl;
import org.rollcall.connect.NewCredential;
import org.rollcall.connect.NewTenant;
import org.rollcall.domain.Actor;
import org.rollcall.domain.AdSettings;
import org.rollcall.domain.AuditFilter;
import org.rollcall.domain.Cloud;
import org.rollcall.domain.SignInMode;
import org.rollcall.sample.SampleTenant;
import org.rollcall.source.Connection.Credential.Secret;
import org.rollcall.source.ldap.TestAuthority;
import org.rollcall.source.ldap.TestDomain;
import org.rollcall.store.TestDirectory;
import org.rollcall.task.JobContext;
import org.rollcall.ui.UiTest;
import org.rollcall.ui.common.UiTasks;
import org.rollcall.ui.common.WindowContext;
import org.rollcall.ui.shell.WindowRoot;
import org.rollcall.ui.signin.SignInView;
import org.rollcall.ui.signin.SignInViewModel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// The page that signs in over the real libraries: against the sample tenant on HTTPS, and a domain controller over LDAPS.
@SuppressWarnings("NullAway") // fields are set while the scene is made
class SignInWaysTest extends UiTest {
    private static final String PASSWORD = "correct horse battery";
    private static final String SOMEBODY_ELSE = "bo@corp.example";

    @TempDir
    static Path folder;
    private static SampleTenant sample;
    private static AppContext context;
    private static Actor maren;
    private static TestDomain domain;
    private static TestAuthority authority;

    private final List<String> in = new CopyOnWriteArrayList<>();
    private final List<String> pages = new CopyOnWriteArrayList<>();
    private final StringProperty lastWay = new SimpleStringProperty("");

    @BeforeAll
    static void start() throws LDAPException {
        sample = SampleTenant.start(SampleTenant.Options.defaults().withUsers(30).withGroups(3));
        context = ReadyFolder.create(folder.resolve("data"), "maren", PASSWORD.toCharArray(), "test",
                Clock.systemUTC());
        maren = context.signIn().signIn("maren", PASSWORD.toCharArray(), "test");
        var tenant = context.tenants().add(maren,
                new NewTenant("Contoso", sample.tenantId(), sample.clientId(),
                        new NewCredential(new Secret(sample.clientSecret()), null, null), Cloud.CUSTOM,
                        sample.origin(), sample.origin(), sample.caPem(), null),
                false, JobContext.silent());
        var directory = new TestDirectory(context.database());
        long id = directory.person(tenant, "Ada of the sample", sample.adminUserName());
        directory.sql("UPDATE directory_user SET object_id = ?, on_premises_sam_account_name = 'ada', sam_key = 'ada'"
                + " WHERE id = ?",
                java.util.UUID.fromString(sample.directory().user(sample.adminUserName()).orElseThrow().id()), id);
        directory.person(tenant, "Somebody else", SOMEBODY_ELSE);
        authority = new TestAuthority();
        domain = new TestDomain(authority, "localhost");
    }

    @AfterAll
    static void stop() {
        context.close();
        sample.close();
        domain.close();
    }

    @AfterEach
    void switchOff() {
        var settings = context.auth().authentication().settings();
        if (settings.entraEnabled()) {
            context.auth().authentication().disableEntra(maren);
        }
        if (settings.adEnabled()) {
            context.auth().authentication().disableAd(maren);
        }
    }

    private void open(SignInMode... entra) {
        if (entra.length > 0) {
            context.auth().authentication().enableEntra(maren, "Contoso", EnumSet.copyOf(List.of(entra)));
        }
        showWith(still -> {
            var window = new WindowContext(still.theme(), still.motion(), still.fx(),
                    UiTasks.onThreads(still.fx(), Clock.systemUTC()), still.dialogs(), still.toasts(),
                    address -> Thread.startVirtualThread(() -> browse(address)), Clock.systemUTC());
            var model = new SignInViewModel(window, new WindowDesk(context.auth(), "window, test", _ -> {}), lastWay,
                    (actor, mode) -> in.add(mode + " " + actor.name()));
            var root = new WindowRoot(window);
            root.showPage(new SignInView(model, () -> {}, _ -> {}));
            return root;
        });
    }

    /// As a browser does in which the administrator of the sample tenant is signed in.
    private void browse(URI address) {
        try (var http = HttpClient.newBuilder().sslContext(sample.trust())
                .followRedirects(HttpClient.Redirect.ALWAYS).build()) {
            var who = "&sample_user=" + URLEncoder.encode(sample.adminUserName(), StandardCharsets.UTF_8);
            pages.add(http.send(HttpRequest.newBuilder(URI.create(address + who)).build(),
                    HttpResponse.BodyHandlers.ofString()).body());
        } catch (Exception e) {
            pages.add(e.toString());
        }
    }

    private void waitToBeIn(SignInMode mode) {
        waitFor("being let in", () -> !in.isEmpty());
        assertEquals(List.of(mode + " " + sample.adminUserName()), in);
        var newest = context.audit()
                .list(maren, new AuditFilter(null, null, null, "signin", null, null, null, null), null, 1).rows()
                .getFirst();
        assertEquals(sample.adminUserName(), newest.actor());
    }

    private String problem() {
        waitFor("a problem", () -> exists("signin.problem"));
        return look(() -> node("signin.problem", Label.class).getText());
    }

    @Test
    void theBrowserLetsThemIn() {
        open(SignInMode.BROWSER);
        waitFor("the way", () -> exists("signin.microsoft.go"));
        click("signin.microsoft.go");
        waitToBeIn(SignInMode.BROWSER);
        waitFor("the last page", () -> !pages.isEmpty());
        assertTrue(pages.getFirst().contains("Rollcall"), pages.getFirst());
    }

    @Test
    void aPasswordLetsThemInAndAWrongOneDoesNot() {
        open(SignInMode.BROWSER, SignInMode.PASSWORD);
        waitFor("the way", () -> exists("signin.password.use"));
        click("signin.password.use");
        type("signin.name", sample.adminUserName());
        type("signin.passwordField", "not this one");
        press(KeyCode.ENTER);
        assertTrue(problem().startsWith("The user name or the password is wrong."), problem());
        type("signin.passwordField", sample.password());
        press(KeyCode.ENTER);
        waitToBeIn(SignInMode.PASSWORD);
    }

    @Test
    void aCodeTypedElsewhereLetsThemIn() {
        open(SignInMode.DEVICE);
        waitFor("the way", () -> exists("signin.code.use"));
        click("signin.code.use");
        waitFor("the code", () -> exists("signin.code"));
        sample.identity().approveDeviceCode(look(() -> node("signin.code", Label.class).getText()),
                sample.adminUserName());
        waitToBeIn(SignInMode.DEVICE);
    }

    @Test
    void theDomainControllerLetsThemInAndSaysWhyNot() {
        context.auth().authentication().enableAd(maren,
                new AdSettings(List.of(domain.tls()), false, TestDomain.BASE, "CORP", null, authority.pem(), null),
                null, true, new JobControl(JobContext.silent(), false));
        lastWay.set("DIRECTORY");
        open();
        waitFor("the way", () -> exists("signin.name"));
        domain.answers.put("ada", TestDomain.data("532"));
        type("signin.name", "CORP\\ada");
        type("signin.passwordField", "Ada-1");
        press(KeyCode.ENTER);
        assertTrue(problem().contains("expired"), problem());
        domain.answers.clear();
        type("signin.passwordField", "Ada-1");
        press(KeyCode.ENTER);
        waitToBeIn(SignInMode.AD);
        assertTrue(domain.binds.contains("CORP\\ada"), domain.binds.toString());
    }
}
