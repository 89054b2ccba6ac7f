/// The port to external directories: streams of pages, batches, links and typed errors. Adapters are in sub-packages.
@NullMarked
package org.rollcall.source;

import org.jspecify.annotations.NullMarked;
