/// Support for setting up an import before its first preview: a model of the tenant to choose from, counts and costs of a
/// choice without storing anything, and drafts of the wizard.
@NullMarked
package org.rollcall.sync.choose;

import org.jspecify.annotations.NullMarked;
