package org.rollcall.cli;

import java.util.Objects;

import picocli.CommandLine.IVersionProvider;

/// The program's version, from the jar it was started from.
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[]{ "Rollcall " + Objects.requireNonNullElse(version, "(not packaged)") };
    }
}
