/// The configuration as one file: written, compared, and brought in. Secrets, people and groups are never in it.
@NullMarked
package org.rollcall.settings;

import org.jspecify.annotations.NullMarked;
