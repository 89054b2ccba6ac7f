/// Activity: runs and audit events, verification of the audit log, export.
@NullMarked
package org.rollcall.ui.activity;

import org.jspecify.annotations.NullMarked;
