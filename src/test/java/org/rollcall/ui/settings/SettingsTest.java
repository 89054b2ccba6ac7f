package org.rollcall.ui.settings;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;

import atlantafx.base.controls.PasswordTextField;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.connect.VaultService;
import org.rollcall.domain.Actor;
import org.rollcall.domain.NotifyChannel;
import org.rollcall.domain.Permission;
import org.rollcall.notify.NotifyService;
import org.rollcall.schedule.ScheduleQueue;
import org.rollcall.schedule.ScheduleService;
import org.rollcall.schedule.ScheduledImport;
import org.rollcall.settings.ProtectionService;
import org.rollcall.settings.SettingsService;
import org.rollcall.source.ldap.TestAuthority;
import org.rollcall.store.BackupStateStore;
import org.rollcall.store.ProfileStore;
import org.rollcall.store.RunStore;
import org.rollcall.store.ScheduleStore;
import org.rollcall.store.Stores;
import org.rollcall.sync.ImportService;
import org.rollcall.sync.read.MirrorReader;
import org.rollcall.text.Language;
import org.rollcall.ui.Office;
import org.rollcall.ui.UiTest;
import org.rollcall.ui.common.Closing;
import org.rollcall.ui.common.OnOff;
import org.rollcall.ui.common.Segmented;
import org.rollcall.ui.common.Theme;
import org.rollcall.ui.common.WindowPreferences;
import org.rollcall.ui.shell.WindowRoot;
import org.rollcall.vault.Vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

@SuppressWarnings("NullAway") // fields are set while the scene is made
class SettingsTest extends UiTest {
    @TempDir
    Path folder;

    private final List<String> told = new ArrayList<>();
    private Office office;
    private NotifyService notifications;
    private SettingsService settings;
    private Closing closing;
    private VaultService vault;
    private ProtectionService protection;
    private SettingsScreen screen;
    private Path file;

    @BeforeEach
    void openOffice() {
        office = new Office(folder.resolve("data"), CLOCK);
        var database = office.directory.database;
        Vault keys = Vault.open(folder.resolve("data"));
        vault = new VaultService(keys, office.audit);
        notifications = new NotifyService(database, keys, office.audit, () -> Language.ENGLISH, CLOCK);
        var imports = new ImportService(Stores.over(database, CLOCK), new MirrorReader(database, CLOCK), _ -> {
            throw new IllegalStateException("nothing is read here");
        }, office.roles, office.audit, CLOCK);
        var schedules = new ScheduleService(database, new ScheduleService.Stores(new ScheduleStore(database),
                new ProfileStore(database, CLOCK), office.tenants), new RunStore(database)::lastOf,
                ScheduledImport.by((_, _, _) -> null, (_, _, _) -> null), new ScheduleQueue() {
                    @Override
                    public void plan(long scheduleId, java.time.Instant at) {}

                    @Override
                    public void forget(long scheduleId) {}
                }, office.audit, CLOCK);
        settings = new SettingsService(database, new SettingsService.Services(office.connections, imports, schedules,
                office.roles, office.auth.authentication(), notifications), office.audit, CLOCK);
        protection = new ProtectionService(database, office.audit, folder.resolve("data"),
                folder.resolve("data/backups"));
        file = folder.resolve("rollcall-settings.json");
        closing = new Closing(new WindowPreferences(folder.resolve("window.json"), Runnable::run));
    }

    @AfterEach
    void closeOffice() {
        office.close();
    }

    private WindowRoot open(Actor actor) {
        return showWith(context -> office.window(context, given -> {
            var services = new SettingsServices(settings, notifications, vault, protection,
                    _ -> "Rollcall support file\nVersion: 1.4.0\n",
                    (who, target, _) -> told.add("backup " + target),
                    new SettingsServices.Folder() {
                        @Override
                        public Path path() {
                            return Path.of("/var/lib/rollcall/data of Contoso Europe, Middle East and Africa");
                        }

                        @Override
                        public long bytes() {
                            return 148_000_000;
                        }
                    }, (_, name, chosen) -> chosen.accept(folder.resolve(name)), (_, chosen) -> chosen.accept(file),
                    new SettingsServices.LanguageChoice() {
                        @Override
                        public Optional<Language> chosen() {
                            return Optional.of(Language.GERMAN);
                        }

                        @Override
                        public void choose(@Nullable Language language) {
                            told.add("language " + language);
                        }
                    }, page -> told.add("guide " + page), closing, "1.4.0");
            screen = new SettingsScreen(given,
                    new SettingsViewModel(given.tasks(), given.toasts(), services, actor), office);
            return List.of(screen);
        }));
    }

    @Test
    void languagesAreNamedInTheirOwnWords() {
        open(office.administrator);
        @SuppressWarnings("unchecked")
        var language = (Segmented<Optional<Language>>) node("settings.language", Segmented.class);
        assertEquals(List.of("System", "English", "Deutsch", "Español"),
                look(() -> language.getSegments().stream().map(each -> each.getText()).toList()));
        assertEquals(Optional.of(Language.GERMAN), look(language::getValue));
        fx(() -> language.setValue(Optional.of(Language.SPANISH)));
        fx(() -> language.setValue(Optional.empty()));
        assertEquals(List.of("language SPANISH", "language null"), told);
    }

    @Test
    void appearanceWorksAtOnce() {
        var root = open(office.administrator);
        @SuppressWarnings("unchecked")
        var theme = (Segmented<Theme.Choice>) node("settings.theme", Segmented.class);
        fx(() -> theme.setValue(Theme.Choice.DARK));
        assertTrue(look(() -> theme().darkProperty().get()));
        assertTrue(exists("settings.section.about"));
        assertTrue(look(() -> scene().getRoot().lookupAll(".settings-row .caption").stream().map(Label.class::cast)
                .anyMatch(each -> each.getText().equals("Saved"))));
        fx(() -> theme.setValue(Theme.Choice.LIGHT));
        fx(() -> theme().choiceProperty().set(Theme.Choice.SYSTEM));
        assertEquals(Theme.Choice.SYSTEM, look(theme::getValue), "the theme button and the setting are one");
        boolean before = look(() -> node("settings.motion", OnOff.class).isSelected());
        fx(() -> node("settings.motion", OnOff.class).setSelected(!before));
        fx(() -> theme().choiceProperty().set(Theme.Choice.LIGHT));
        assertAccessible(root);
    }

    @Test
    void whatHappensWhenTheWindowIsClosedIsRemembered() {
        open(office.administrator);
        @SuppressWarnings("unchecked")
        var choice = (Segmented<Closing.Choice>) node("settings.closing", Segmented.class);
        assertEquals(Closing.Choice.ASK, look(choice::getValue));
        fx(() -> choice.setValue(Closing.Choice.KEEP));
        assertTrue(look(() -> node("settings.notes", OnOff.class).isSelected()));
        fx(() -> node("settings.notes", OnOff.class).setSelected(false));
        fx(() -> closing.preferences().flush());
        var next = new Closing(new WindowPreferences(folder.resolve("window.json"), Runnable::run));
        assertEquals(Closing.Choice.KEEP, next.choice());
        assertFalse(next.notes());
    }

    @Test
    void theKeyIsKeptOtherwiseFromNowOn() {
        var root = open(office.administrator);
        click("settings.key.change");
        @SuppressWarnings("unchecked")
        var choice = (Segmented<String>) node("settings.key.choice", Segmented.class);
        assertEquals("keyfile", look(choice::getValue));
        fx(() -> choice.setValue("passphrase"));
        type("settings.key.passphrase", "a long passphrase");
        type("settings.key.again", "another passphrase");
        click("settings.key.do");
        assertEquals("keyfile", vault.state(office.administrator).kept(), "they differ");
        picture("20-settings-key");
        assertAccessible(root);
        type("settings.key.again", "a long passphrase");
        click("settings.key.do");
        assertEquals("passphrase", vault.state(office.administrator).kept());
        assertFalse(exists("settings.key.do"), "the dialog is closed");
        assertTrue(look(() -> scene().getRoot().lookupAll(".settings-row .caption").stream().map(Label.class::cast)
                .anyMatch(each -> each.getText().startsWith("Kept by a passphrase"))));
    }

    @Test
    void theCategoryFollowsAndLeads() {
        open(office.administrator);
        picture("20-settings");
        picture("20-settings-narrow", 1000, 700);
        click("settings.category.about");
        assertTrue(look(() -> node("settings.category.about", ToggleButton.class).isSelected()));
        picture("20-settings-below");
        fx(() -> screen.shown(Map.of("section", "appearance")));
        assertTrue(look(() -> node("settings.category.appearance", ToggleButton.class).isSelected()));
        click("settings.backup.now");
        type("settings.backup.passphrase", "a long passphrase");
        type("settings.backup.again", "another passphrase");
        click("settings.backup.do");
        assertEquals(List.of(), told, "they differ");
        picture("20-settings-backup");
        fx(() -> node("settings.backup.again", TextField.class).clear());
        type("settings.backup.again", "a long passphrase");
        click("settings.backup.do");
        assertEquals(List.of("backup " + folder.resolve("rollcall-backup")), told);
        click("settings.guide.read");
        click("settings.restore.how");
        assertEquals(List.of("guide index", "guide recovery"), told.subList(1, 3));
        click("settings.network.open");
        assertEquals(List.of("schedules{}"), office.opened);
    }

    @Test
    void mailAndWebhookAreAddedTestedAndRemoved() {
        open(office.administrator);
        click("settings.notify.mail");
        assertTrue(look(() -> node("settings.mail.do").isDisabled()));
        fx(() -> {
            node("settings.mail.server", TextField.class).setText("mail.example");
            node("settings.mail.from", TextField.class).setText("rollcall at example.org");
            node("settings.mail.to", TextField.class).setText("night-shift");
        });
        click("settings.mail.do");
        picture("20-settings-mail");
        fx(() -> {
            node("settings.mail.from", TextField.class).setText("rollcall@example.org");
            node("settings.mail.to", TextField.class).setText("it-operations@example.org, night-shift@example.org");
        });
        click("settings.mail.do");
        NotifyChannel mail = notifications.list(office.administrator).getFirst();
        assertEquals(NotifyChannel.Security.STARTTLS, mail.settings().security());
        assertEquals(587, mail.settings().port());
        click("settings.notify.webhook");
        fx(() -> node("settings.webhook.url", TextField.class).setText("http://example.org/in/the/clear"));
        click("settings.webhook.do");
        assertTrue(exists("settings.webhook.url"), "refused, and asks on");
        fx(() -> node("settings.webhook.url", TextField.class)
                .setText(
                        "https://hooks.example.org/services/T0000000000/B0000000000/rollcall-notifications-of-all-tenants"));
        click("settings.webhook.do");
        assertEquals(64, look(() -> node("settings.webhook.made", TextField.class).getText().length()));
        picture("20-settings-webhook-key");
        fx(() -> scene().getRoot().lookupAll(".dialog-foot .button").stream()
                .map(javafx.scene.control.Button.class::cast).findFirst().orElseThrow().fire());
        click("settings.notify.test." + mail.id());
        click("settings.category.notifications");
        picture("20-settings-notifications");
        assertTrue(look(() -> scene().getRoot().lookupAll(".settings-row.failed").size() == 1), "the test failed");
        click("settings.notify.remove." + mail.id());
        fx(() -> scene().getRoot().lookupAll(".modal-box .button.danger").stream()
                .map(javafx.scene.control.Button.class::cast).findFirst().orElseThrow().fire());
        assertEquals(1, notifications.list(office.administrator).size());
        assertFalse(exists("settings.notify.test." + mail.id()));
    }

    @Test
    void aMailServersCertificateMayComeFromAnAuthorityOfOnesOwn() throws IOException {
        open(office.administrator);
        click("settings.notify.mail");
        fx(() -> {
            node("settings.mail.server", TextField.class).setText("mail.example");
            node("settings.mail.from", TextField.class).setText("rollcall@example.org");
            node("settings.mail.to", TextField.class).setText("admins@example.org");
        });
        Files.writeString(file, "-----BEGIN PRIVATE KEY-----");
        click("settings.mail.ca");
        picture("20-settings-mail-no-certificate");
        assertFalse(look(() -> node("settings.mail.ca.remove").isVisible()), "there is none to remove");
        Files.writeString(file, new TestAuthority().pem());
        click("settings.mail.ca");
        picture("20-settings-mail-authority");
        click("settings.mail.do");
        String pem = notifications.list(office.administrator).getFirst().settings().caPem();
        assertTrue(pem != null && pem.startsWith("-----BEGIN CERTIFICATE-----"), pem);
    }

    @Test
    void aMailServersPasswordIsNeverShown() {
        open(office.administrator);
        click("settings.notify.mail");
        fx(() -> {
            node("settings.mail.server", TextField.class).setText("mail.example");
            node("settings.mail.from", TextField.class).setText("rollcall@example.org");
            node("settings.mail.to", TextField.class).setText("admins@example.org");
            node("settings.mail.user", TextField.class).setText("rollcall");
            node("settings.mail.password", PasswordTextField.class).setText("hush");
        });
        click("settings.mail.do");
        assertEquals("rollcall", notifications.list(office.administrator).getFirst().settings().user());
        assertFalse(settings.export(office.administrator).contains("hush"));
    }

    @Test
    void aFileIsShownBeforeItIsBroughtIn() throws IOException {
        office.roles.roles().add(office.administrator, "Helpdesk for Europe, Middle East and Africa", "",
                Set.of(Permission.VIEW_DIRECTORY));
        open(office.administrator);
        click("settings.file.export");
        String json = Files.readString(file);
        Files.writeString(file, json.replace("\"VIEW_DIRECTORY\"\n", "\"VIEW_DIRECTORY\", \"EXPORT\"\n")
                .replace("\"guests\" : true", "\"guests\" : false")
                .replace("\"notifications\" : [ ]",
                        "\"notifications\" : [ { \"kind\" : \"webhook\", \"url\" : \"https://h.example/x\" } ]")
                .replace("\"every\" : null", "\"every\" : null"));
        click("settings.file.import");
        picture("20-settings-file");
        assertTrue(exists("settings.file.differences"));
        assertTrue(look(() -> scene().getRoot().lookupAll(".banner .label").stream().map(Label.class::cast)
                .noneMatch(each -> each.getText().contains("shown only now"))), "a preview's key is nobody's");
        assertEquals(Set.of(Permission.VIEW_DIRECTORY), helpdesk(), "a preview changes nothing");
        click("settings.file.do");
        assertEquals(Set.of(Permission.VIEW_DIRECTORY, Permission.EXPORT), helpdesk());
        assertTrue(exists("settings.file.notes"), "the new webhook's key is told");
        picture("20-settings-file-done");
        fx(() -> scene().getRoot().lookupAll(".dialog-foot .button").stream()
                .map(javafx.scene.control.Button.class::cast).findFirst().orElseThrow().fire());
        Files.writeString(file, "nonsense");
        fx(() -> screen.shown(Map.of("import", "")));
        picture("20-settings-file-refused");
        assertFalse(exists("settings.file.do"));
    }

    private Set<Permission> helpdesk() {
        return office.roles.roles().find(office.administrator, "Helpdesk for Europe, Middle East and Africa")
                .permissions();
    }

    @Test
    void protectionIsSwitchedAndChosen() {
        new BackupStateStore(office.directory.database).made(CLOCK.instant());
        var root = open(office.administrator);
        var daily = node("settings.backup.daily", OnOff.class);
        assertTrue(look(daily::isSelected));
        click("settings.category.backup");
        picture("20-settings-protection");
        fx(() -> daily.setSelected(false));
        assertFalse(protection.backups(office.administrator).daily());
        assertFalse(look(() -> node("settings.anchor.stop").isVisible() && node("settings.anchor.stop").getParent()
                .isVisible()));
        click("settings.anchor.choose");
        assertEquals(folder.resolve("rollcall-audit-anchor.txt").toString(),
                protection.anchor(office.administrator).orElseThrow());
        click("settings.anchor.stop");
        assertTrue(protection.anchor(office.administrator).isEmpty());
        new BackupStateStore(office.directory.database).failed(CLOCK.instant(), "the disk is full; make room");
        fx(screen::reload);
        assertTrue(look(() -> scene().getRoot().lookupAll(".settings-row.failed").size() == 1));
        picture("20-settings-protection-failed");
        assertAccessible(root);
    }

    @Test
    void theEndOfTheLogIsSentToAnAddress() throws IOException {
        var root = open(office.administrator);
        click("settings.category.backup");
        try (var logs = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            logs.setSoTimeout(10_000);
            String address = "syslog://localhost:" + logs.getLocalPort();
            click("settings.anchor.address");
            fx(() -> node("settings.anchor.address.label", TextField.class).setText("syslog://localhost:70000"));
            click("settings.anchor.address.do");
            assertTrue(look(() -> scene().getRoot().lookupAll(".banner .label").stream().map(Label.class::cast)
                    .anyMatch(each -> each.getText().contains("no address of a log server"))));
            assertTrue(protection.anchor(office.administrator).isEmpty());
            assertAccessible(root);
            picture("20-settings-anchor-refused");
            fx(() -> node("settings.anchor.address.label", TextField.class).setText(address));
            click("settings.anchor.address.do");
            assertFalse(exists("settings.anchor.address.do"), "the dialog is closed");
            assertEquals(address, protection.anchor(office.administrator).orElseThrow());
            logs.receive(new DatagramPacket(new byte[4096], 4096));
            assertTrue(look(() -> scene().getRoot().lookupAll(".settings-row .label").stream().map(Label.class::cast)
                    .anyMatch(each -> each.getText().contains(address))));
            picture("20-settings-anchor-address");
        }
    }

    @Test
    void supportFileIsShownBeforeItIsSaved() throws IOException {
        open(office.administrator);
        click("settings.support.create");
        assertTrue(look(() -> node("settings.support.text", TextArea.class).getText().contains("1.4.0")));
        assertFalse(Files.exists(folder.resolve("rollcall-support.txt")));
        picture("20-settings-support");
        click("settings.support.save");
        assertTrue(Files.readString(folder.resolve("rollcall-support.txt")).contains("1.4.0"));
    }

    @Test
    void whatIsSharedNeedsItsPermission() {
        open(new Actor(office.administrator.userId(), "olga", "window", Set.of(Permission.VIEW_DIRECTORY)));
        for (String id : List.of("settings.notify.mail", "settings.file.import", "settings.file.export",
                "settings.backup.now", "settings.backup.daily", "settings.anchor.choose", "settings.anchor.address",
                "settings.support.create")) {
            assertTrue(look(() -> node(id).isDisabled()), id);
        }
        assertEquals("Needs the permission Manage settings",
                look(() -> node("settings.file.import").getAccessibleHelp()));
        picture("20-settings-not-allowed");
    }

    @Test
    void whoMaySeeOnlyThemselvesHasTheirAppearance() {
        open(new Actor(office.administrator.userId(), "ada", "window", Set.of(Permission.VIEW_OWN_PROFILE)));
        assertTrue(exists("settings.theme"));
        assertFalse(exists("settings.folder.open"));
        assertFalse(exists("settings.notify.mail"));
        picture("20-settings-own");
    }
}
