package org.rollcall.cli;

import picocli.CommandLine.Option;

import org.rollcall.domain.Profile;
import org.rollcall.domain.RollcallException;
import org.rollcall.text.Words;

/// Which import, what to bring in and how, as options of previews and runs.
final class ImportOptions extends ImportSettings {
    @Option(names = "--tenant", paramLabel = "NAME", required = true, description = "The tenant's name here.")
    String tenant = "";

    @Option(names = "--name", paramLabel = "PROFILE", description = "The import's name, otherwise \"default\".")
    String profile = Profile.DEFAULT_NAME;

    @Override
    void check() {
        super.check();
        if (profile.isBlank() || profile.length() > 100) {
            throw RollcallException.input("profile.name", Words.of("cli.profile.name"),
                    Words.of("cli.profile.name.remedy"));
        }
    }
}
