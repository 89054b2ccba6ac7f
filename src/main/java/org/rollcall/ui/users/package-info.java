/// Users: everybody who was imported or added here, with what can be done to them and why they are as they are.
@NullMarked
package org.rollcall.ui.users;

import org.jspecify.annotations.NullMarked;
