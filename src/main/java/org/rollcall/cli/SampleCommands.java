package org.rollcall.cli;

import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.sample.SampleTenant;
import org.rollcall.text.Words;

@Command(name = "sample", description = "The built-in sample tenant.", subcommands = SampleCommands.Serve.class)
final class SampleCommands {
    private SampleCommands() {}

    @Command(name = "serve", description = "Run only the sample tenant, until told to stop.")
    static final class Serve extends BaseCommand {
        @Option(names = "--port", paramLabel = "P", required = true, description = "Port on this machine; 0 for any.")
        int port;

        @Mixin
        SampleOptions sample = new SampleOptions();

        @Option(names = "--latency", paramLabel = "MS", description = "How much longer every answer takes.")
        long latency;

        @Option(names = "--fault", paramLabel = "SPEC", split = ",", splitSynopsisLabel = ",", description = "How it misbehaves; may be repeated.")
        List<String> faults = List.of();

        @Option(names = "--ca-file", paramLabel = "PEM", description = "Where to write the certificate of its authority.")
        @Nullable
        String caFile;

        @Override
        int execute() {
            if (port < 0 || port > 65_535 || latency < 0) {
                throw RollcallException.input("sample.port", Words.of("cli.sample.port"),
                        Words.of("cli.sample.port.remedy"));
            }
            try (SampleTenant tenant = start()) {
                announce(tenant);
                waitUntilToldToStop();
                return ExitCode.DONE;
            }
        }

        private SampleTenant start() {
            try {
                return SampleTenant.start(sample.options().withPort(port).withLatency(Duration.ofMillis(latency))
                        .withFaults(String.join(",", faults)).withCaFile(caFile == null ? null : Path.of(caFile)));
            } catch (IllegalArgumentException e) {
                // InvalidPathException is one of these.
                throw RollcallException.input("sample.options",
                        e instanceof InvalidPathException
                                ? Words.of("cli.sample.options", caFile)
                                : Words.verbatim(String.valueOf(e.getMessage())),
                        Words.of("cli.sample.options.remedy"));
            } catch (UncheckedIOException e) {
                throw new RollcallException(ErrorKind.INPUT, "sample.start",
                        Words.of("cli.sample.start", e.getMessage()),
                        Words.of("cli.sample.start.remedy"), Map.of(), e);
            }
        }

        private void announce(SampleTenant tenant) {
            String origin = tenant.origin();
            output().answer(new Doc().put("authority", origin).put("graph", origin)
                    .put("tenant", tenant.tenantId()).put("domain", tenant.domain())
                    .put("clientId", tenant.clientId()).put("clientSecret", tenant.clientSecret())
                    .put("caFile", tenant.caFile().toString())
                    .put("adminUserName", tenant.adminUserName()).put("password", tenant.password())
                    .put("users", tenant.directory().userCount()).put("groups", tenant.directory().groupCount()),
                    List.of(Words.of("cli.sampleCommands.theSampleTenantIsRunning",
                            Text.people(tenant.directory().userCount()),
                            Text.count(tenant.directory().groupCount(), "group")).shown(),
                            Words.of("cli.sampleCommands.authority", origin).shown(),
                            Words.of("cli.sampleCommands.graph", origin).shown(),
                            Words.of("cli.sampleCommands.caFile", tenant.caFile()).shown(),
                            Words.of("cli.sampleCommands.tenant", tenant.tenantId(), tenant.domain()).shown(),
                            Words.of("cli.sampleCommands.clientId", tenant.clientId()).shown(),
                            Words.of("cli.sampleCommands.secret", tenant.clientSecret()).shown(),
                            Words.of("cli.sampleCommands.peopleSignInAsOr", tenant.adminUserName(), tenant.password())
                                    .shown(),
                            Words.of("cli.sampleCommands.addItWithTheSecret").shown(),
                            Words.of("cli.sampleCommands.rollcallTenantAddSampleTenant", tenant.tenantId(),
                                    tenant.clientId(), origin, origin, tenant.caFile()).shown(),
                            Words.of("cli.sampleCommands.ctrlCStopsIt").shown()));
        }

        private void waitUntilToldToStop() {
            var told = new CountDownLatch(1);
            invocation().token().onCancel(told::countDown);
            try {
                told.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
