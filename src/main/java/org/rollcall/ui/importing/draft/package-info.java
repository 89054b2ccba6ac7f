/// What the steps of the import wizard share: the answers so far, the services, what is known of the tenant. Knows no step.
@NullMarked
package org.rollcall.ui.importing.draft;

import org.jspecify.annotations.NullMarked;
