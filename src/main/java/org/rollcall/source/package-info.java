/// The port to an outside directory: streams of pages, batches, links and typed errors. Adapters live in sub-packages.
@NullMarked
package org.rollcall.source;

import org.jspecify.annotations.NullMarked;
