/// Activity: what ran and what was done, by whom and from where; whether the record of it is unbroken; its export.
@NullMarked
package org.rollcall.ui.activity;

import org.jspecify.annotations.NullMarked;
