package org.rollcall.endtoend;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.sample.SampleTenant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Whatever a variable asks the runtime and the libraries to write, no secret and nobody's name comes out anywhere.
class QuietProcessTest {
    private static final String LOGBACK = """
            <configuration debug="true">
              <appender name="all" class="ch.qos.logback.core.ConsoleAppender">
                <encoder><pattern>%msg%n</pattern></encoder>
              </appender>
              <root level="TRACE"><appender-ref ref="all"/></root>
            </configuration>
            """;
    private static final String JUL = """
            handlers=java.util.logging.ConsoleHandler
            .level=ALL
            java.util.logging.ConsoleHandler.level=ALL
            """;

    @TempDir
    Path folder;

    @Test
    void noVariableMakesAnythingTalk() throws IOException, InterruptedException {
        try (var tenant = SampleTenant.start(SampleTenant.Options.defaults().withUsers(40).withGroups(4))) {
            var program = new Program(folder);
            program.connect(tenant);
            Path logback = Files.writeString(folder.resolve("logback.xml"), LOGBACK);
            Path jul = Files.writeString(folder.resolve("jul.properties"), JUL);
            Process process = program.start(Map.of("JAVA_TOOL_OPTIONS", String.join(" ", "-Djavax.net.debug=all",
                    "-Djdk.httpclient.HttpClient.log=all", "-Djdk.internal.httpclient.debug=true",
                    "-Dlogback.configurationFile=" + logback, "-Djava.util.logging.config.file=" + jul,
                    "-Dlogback.statusListenerClass=ch.qos.logback.core.status.OnConsoleStatusListener",
                    "-Dcom.unboundid.ldap.sdk.debug.enabled=true", "-Dmail.debug=true")), "import", "run", "--tenant",
                    "Contoso", "--all", "--user", "maren");
            assertEquals(0, process.waitFor());
            var people = program.run("users", "list", "--user", "maren", "--limit", "100", "--json").expect(0).json()
                    .path("users");
            var secrets = new ArrayList<>(List.of(tenant.clientSecret(), "eyJ", "access_token"));
            people.forEach(each -> {
                secrets.add(each.path("upn").asText("none@none"));
                secrets.add(each.path("objectId").asText("no id"));
            });
            assertTrue(secrets.size() > 60);
            var found = new ArrayList<String>();
            for (Path each : List.of(folder.resolve("work/killed.out"), folder.resolve("work/killed.err"),
                    folder.resolve("home/log/rollcall.log"))) {
                String text = Files.exists(each) ? Files.readString(each, StandardCharsets.ISO_8859_1) : "";
                secrets.stream().filter(text::contains).forEach(secret -> found.add(each + ": " + secret));
            }
            assertEquals(List.of(), found);
            assertEquals(1, program.complaints().lines().filter(line -> !line.isBlank())
                    .filter(line -> line.startsWith("Picked up JAVA_TOOL_OPTIONS")).count());
            assertTrue(program.complaints().length() < 5_000, program::complaints);
        }
    }
}
