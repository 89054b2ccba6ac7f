package org.rollcall.ui.common;

import java.net.URI;

/// Opens an address in the person's browser.
@FunctionalInterface
public interface LinkOpener {
    void open(URI address);
}
