package org.rollcall.ui.users;

import java.util.List;

/// Asks which role these people are to have, and gives it to them.
@FunctionalInterface
public interface ChangeRoles {
    /// @param userIds one person or many
    /// @param changed runs once their role, or where it comes from, was changed or changed back
    void ask(List<Long> userIds, Runnable changed);
}
