package org.rollcall.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.sample.SampleTenant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// After use no file of the data folder says who is in it, or a secret.
class NothingInClearTest {
    @TempDir
    Path folder;

    @Test
    void nobodyAndNoSecretIsFoundInAnyFile() throws IOException {
        try (var sample = SampleTenant.start(SampleTenant.Options.defaults().withUsers(80).withGroups(8))) {
            var cli = new CliFixture(folder).init().connect(sample);
            cli.run("import", "run", "--tenant", "contoso", "--all").expect(0);
            cli.run("users", "add", "otherperson", "--display-name", "Other Person").err();
            cli.run("users", "set-role", "nobody@contoso.example", "--role", "Operator").expect(2);
            cli.as("wrongperson", "users", "list").expect(3);
            sample.faults().set("no-permission");
            cli.run("import", "run", "--tenant", "contoso", "--all");
            sample.faults().set("");
            cli.run(Map.of("ROLLCALL_BACKUP_PASSPHRASE", "four words nobody joins"), "backup",
                    folder.resolve("backup").toString()).expect(0);

            var secrets = new LinkedHashSet<>(List.of(CliFixture.PASSWORD, sample.clientSecret(), "wrongperson",
                    "nobody@contoso.example", "four words nobody joins"));
            cli.json("users", "list", "--limit", "1000").path("users").forEach(user -> {
                for (String field : List.of("upn", "mail", "displayName")) {
                    String text = user.path(field).asText("");
                    if (text.length() > 5) {
                        secrets.add(text);
                    }
                }
            });
            assertTrue(secrets.size() > 80);
            var found = new ArrayList<String>();
            try (var all = Files.walk(folder)) {
                for (Path file : all.filter(Files::isRegularFile)
                        .filter(each -> !each.getFileName().toString().equals("secret.txt")).toList()) {
                    String content = Files.readString(file, StandardCharsets.ISO_8859_1);
                    for (String each : secrets) {
                        String bytes = new String(each.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
                        String wide = new String(each.getBytes(StandardCharsets.UTF_16LE), StandardCharsets.ISO_8859_1);
                        if (content.contains(bytes) || content.contains(wide)) {
                            found.add(folder.relativize(file) + ": " + each);
                        }
                    }
                }
            }
            assertEquals(List.of(), found);
        }
    }
}
