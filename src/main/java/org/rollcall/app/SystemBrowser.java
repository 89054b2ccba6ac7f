package org.rollcall.app;

import java.io.IOException;
import java.net.URI;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.rollcall.ui.common.LinkOpener;

/// The system's browser, or the command in `ROLLCALL_BROWSER`, which gets the address as its only argument.
final class SystemBrowser implements LinkOpener {
    private static final Logger LOG = LoggerFactory.getLogger(SystemBrowser.class);

    private final @Nullable String command;
    private final LinkOpener system;

    /// @param command what `ROLLCALL_BROWSER` says; null or blank: nothing
    SystemBrowser(@Nullable String command, LinkOpener system) {
        this.command = command;
        this.system = system;
    }

    @Override
    public void open(URI address) {
        if (command == null || command.isBlank()) {
            system.open(address);
            return;
        }
        try {
            // Its output would fill a pipe that nobody reads.
            new ProcessBuilder(command, address.toString()).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        } catch (IOException e) {
            LOG.warn("The command in ROLLCALL_BROWSER could not be started", e);
            system.open(address);
        }
    }
}
