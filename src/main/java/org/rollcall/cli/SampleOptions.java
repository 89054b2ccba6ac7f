package org.rollcall.cli;

import java.time.Duration;

import picocli.CommandLine.Option;

import org.rollcall.domain.RollcallException;
import org.rollcall.sample.SampleTenant;
import org.rollcall.text.Words;

/// What a sample tenant is made of, as options.
final class SampleOptions {
    @Option(names = "--users", paramLabel = "N", description = "People, otherwise ${DEFAULT-VALUE}.")
    int users = SampleTenant.Options.defaults().users();

    @Option(names = "--groups", paramLabel = "N", description = "Groups, otherwise ${DEFAULT-VALUE}.")
    int groups = SampleTenant.Options.defaults().groups();

    @Option(names = "--seed", paramLabel = "S", description = "What everything follows from, otherwise ${DEFAULT-VALUE}.")
    long seed = SampleTenant.Options.defaults().seed();

    @Option(names = "--memberships", paramLabel = "N", description = "Direct memberships; 0, as otherwise, for as many as the organisation happens to have.")
    long memberships;

    /// @throws RollcallException INPUT: nothing that can be
    SampleTenant.Options options() {
        try {
            return new SampleTenant.Options(0, users, groups, seed, memberships, Duration.ZERO, "", null,
                    SampleTenant.Options.defaults().roles());
        } catch (IllegalArgumentException e) {
            throw RollcallException.input("sample.size", Words.verbatim(String.valueOf(e.getMessage())),
                    Words.of("cli.sample.size.remedy"));
        }
    }
}
