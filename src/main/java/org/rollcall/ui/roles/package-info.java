/// Roles: what each permits and who holds it, own roles made and edited, and the ordered rules of an import with who
/// would change before they are saved.
@NullMarked
package org.rollcall.ui.roles;

import org.jspecify.annotations.NullMarked;
