package org.rollcall.roles;

import java.util.List;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.AuthSettings;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.store.AssignmentStore;
import org.rollcall.store.Database;
import org.rollcall.text.Words;

/// Ensures that at least one enabled administrator can sign in. Every change of roles, accounts, rules and ways to sign in
/// passes through it, and so does every import.
public final class AdministratorGuard {
    private final Database database;
    private final AssignmentStore assignments;

    public AdministratorGuard(Database database, AssignmentStore assignments) {
        this.database = database;
        this.assignments = assignments;
    }

    /// Enabled administrators, local ones included.
    public int administrators() {
        return assignments.countAdministrators();
    }

    /// Enabled administrators who have a way to sign in.
    public int whoCanSignIn() {
        return assignments.countAdministratorsWhoCanSignIn();
    }

    /// Whether imported people can sign in at all.
    public boolean importedCanSignIn() {
        return assignments.importedCanSignIn();
    }

    /// Whether an administrator could still sign in with these settings; also true if none can now.
    public boolean wouldLeaveOne(AuthSettings ways) {
        return whoCanSignIn() == 0 || assignments.countAdministratorsWhoCanSignIn(ways) > 0;
    }

    /// Makes a change in one transaction and checks whether an administrator is left; if not, it is rolled back.
    ///
    /// @throws RollcallException GUARD, naming who would have been the last one
    public <T extends @Nullable Object> T requireOneAfter(Supplier<T> change) {
        return database.transaction(() -> watching(change));
    }

    /// The same for a long change: others may write until it calls [Database#alone] or ends.
    public <T extends @Nullable Object> T requireOneAfterBesideOthers(Supplier<T> change) {
        return database.transactionBesideOthers(() -> watching(change));
    }

    private <T extends @Nullable Object> T watching(Supplier<T> change) {
        List<String> before = assignments.administratorsWhoCanSignIn(3);
        T result = change.get();
        database.alone();
        if (!before.isEmpty() && whoCanSignIn() == 0) {
            throw lastOne(before);
        }
        return result;
    }

    /// The error of a change that would leave no administrator.
    public RollcallException refusal() {
        return lastOne(assignments.administratorsWhoCanSignIn(3));
    }

    private static RollcallException lastOne(List<String> names) {
        boolean one = names.size() == 1;
        return new RollcallException(ErrorKind.GUARD, "guard.administrators",
                Words.of(one ? "roles.guard.administrators" : "roles.guard.administrators.several",
                        String.join(", ", names)),
                Words.of("roles.guard.administrators.remedy"));
    }
}
