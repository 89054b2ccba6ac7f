/// The configuration as one file: export, comparison, import. Secrets, people and groups are never in it.
@NullMarked
package org.rollcall.settings;

import org.jspecify.annotations.NullMarked;
