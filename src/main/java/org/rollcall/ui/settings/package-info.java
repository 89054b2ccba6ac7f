/// Settings: appearance, data folder, backup, network, notifications, and the configuration as a file.
@NullMarked
package org.rollcall.ui.settings;

import org.jspecify.annotations.NullMarked;
