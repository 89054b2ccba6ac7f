/// Benchmarks: what an import costs in requests, memory and time. Started by hand with `mvn -Pbench`, never by the tests.
@NullMarked
package org.rollcall.bench;

import org.jspecify.annotations.NullMarked;
