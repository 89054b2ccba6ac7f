package org.rollcall.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.app.ReadyFolder;
import org.rollcall.domain.Actor;
import org.rollcall.domain.Permission;
import org.rollcall.domain.RollcallException;
import org.rollcall.sample.SampleTenant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Whoever is asked for help learns how the program is, and nothing of whom it looks after.
class SupportFileTest {
    private static final Actor EVERYTHING = new Actor(1L, "x", "test", EnumSet.allOf(Permission.class));

    @TempDir
    Path folder;

    @Test
    void nobodyIsInItAfterFullUse() throws IOException {
        try (var sample = SampleTenant.start(SampleTenant.Options.defaults().withUsers(300).withGroups(20))) {
            var cli = new CliFixture(folder).init().connect(sample);
            cli.run("import", "run", "--tenant", "contoso", "--all", "--every", "1h").expect(0);
            cli.run("users", "add", "otherperson", "--display-name", "Ingeborg Quist").err();
            cli.run("roles", "add", "Quiet Readers", "--permission", "VIEW_DIRECTORY").err();
            cli.as("wrongperson", "users", "list").expect(3);
            sample.faults().set("no-permission");
            cli.run("import", "run", "--tenant", "contoso", "--all");
            sample.faults().set("");
            Set<String> secrets = secrets(cli, sample);
            // As libraries and we ourselves would have logged them, at worst.
            var log = new StringBuilder();
            secrets.forEach(each -> log.append("2026-12-01T03:00:00.000Z WARN [main] o.r.x It is ").append(each)
                    .append(" again, and \"").append(each).append("\" (").append(each).append(")\n"));
            Path file = cli.home().resolve("log/rollcall.log");
            Files.writeString(file, Files.readString(file) + log);
            String text = "";
            // The last of the log is in it, so all of that in several turns.
            for (int from = 0; from < log.length(); from += 60_000) {
                Files.writeString(file, log.substring(from, Math.min(log.length(), from + 70_000)));
                try (var context = ReadyFolder.open(cli.home(), Clock.systemUTC())) {
                    text = context.supportFile(EVERYTHING);
                    assertEquals(Set.of(), found(text, secrets));
                    assertThrows(RollcallException.class,
                            () -> context.supportFile(new Actor(1L, "x", "test", Set.of(Permission.VIEW_DIRECTORY))));
                }
            }
            for (String each : List.of("Version: ", "Tenant 1: CUSTOM, SECRET", "People ACTIVE: ", "Last runs",
                    "IMPORT by ", "FAILED", "What doctor finds", "End of the log", "WARN [main] o.r.x It is")) {
                assertTrue(text.contains(each), () -> each);
            }
        }
    }

    private static Set<String> secrets(CliFixture cli, SampleTenant sample) {
        var secrets = new LinkedHashSet<>(List.of(CliFixture.PASSWORD, sample.clientSecret(), sample.clientId(),
                sample.tenantId(), "contoso", "otherperson", "Ingeborg", "Quist", "Quiet Readers"));
        cli.json("users", "list", "--limit", "1000").path("users").forEach(user -> {
            for (String field : List.of("upn", "mail", "username", "objectId")) {
                add(secrets, user.path(field).asText(""));
            }
            for (String word : user.path("displayName").asText("").split("[^\\p{L}\\p{N}]+")) {
                if (!word.equals(word.toLowerCase(Locale.ROOT))) {
                    add(secrets, word);
                }
            }
        });
        cli.json("groups", "list", "--limit", "1000").path("groups").forEach(group -> {
            add(secrets, group.path("displayName").asText(""));
            add(secrets, group.path("objectId").asText(""));
        });
        assertTrue(secrets.size() > 500, () -> secrets.size() + "");
        return secrets;
    }

    private static void add(Set<String> all, String text) {
        if (text.length() > 3) {
            all.add(text);
        }
    }

    /// As a whole word: "Rose" is nobody in "Roseate".
    private static Set<String> found(String text, Set<String> secrets) {
        var found = new TreeSet<String>();
        for (String each : secrets) {
            if (java.util.regex.Pattern.compile("(?<![\\p{L}\\p{N}])" + java.util.regex.Pattern.quote(each)
                    + "(?![\\p{L}\\p{N}])").matcher(text).find()) {
                found.add(each);
            }
        }
        return found;
    }
}
