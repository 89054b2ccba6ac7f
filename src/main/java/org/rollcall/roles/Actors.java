package org.rollcall.roles;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.rollcall.audit.AuditService;
import org.rollcall.domain.Actor;
import org.rollcall.domain.Authority;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.Permission;
import org.rollcall.domain.RollcallException;
import org.rollcall.store.AssignmentStore;
import org.rollcall.store.Database;
import org.rollcall.text.Words;

/// Creates the [Actor] of somebody who has signed in by any way. Their permissions are read from the database at every action,
/// so that a deactivation, removal or change of role takes effect at once, in an open window too; refusals are recorded.
public final class Actors {
    /// A repeated refusal of the same session is recorded once in this time, however often a window tries.
    private static final Duration SAME = Duration.ofMinutes(1);

    private final Database database;
    private final AssignmentStore assignments;
    private final AuditService audit;
    private final Clock clock;

    public Actors(Database database, AuditService audit, Clock clock) {
        this.database = database;
        this.assignments = new AssignmentStore(database, clock);
        this.audit = audit;
        this.clock = clock;
    }

    /// @param userId   has signed in, and was active then
    /// @param username for the audit log
    /// @param origin   "window" or "command line", with the machine's name
    public Actor of(long userId, String username, String origin) {
        var authority = new Present(userId, username);
        authority.read();
        return new Actor(userId, username, origin, authority);
    }

    private final class Present implements Authority {
        private final long userId;
        private final String username;
        private final Map<String, Instant> noted = new HashMap<>();
        private volatile Set<Permission> last = Set.of();

        Present(long userId, String username) {
            this.userId = userId;
            this.username = username;
        }

        private @Nullable Set<Permission> read() {
            @Nullable
            Set<Permission> now = assignments.permissionsOf(userId).orElse(null);
            last = now == null ? Set.of() : now;
            return now;
        }

        @Override
        public Set<Permission> permissions() {
            // Not cached by the directory's revision: a transaction that is rolled back must not leave its permissions behind.
            Set<Permission> now = read();
            if (now == null) {
                throw new RollcallException(ErrorKind.NOT_SIGNED_IN, "signin.ended",
                        Words.of("roles.signin.ended", username), Words.of("roles.signin.ended.remedy"));
            }
            return now;
        }

        @Override
        public Set<Permission> lastKnown() {
            return last;
        }

        @Override
        public void refused(Actor actor, RollcallException why) {
            if (!isNew(why)) {
                return;
            }
            var detail = new LinkedHashMap<String, @Nullable Object>();
            detail.put("code", why.code());
            detail.put("because", why.message());
            // A refused action is rolled back with its transaction; the record of the refusal stays.
            database.afterwards(() -> audit.recordLook(actor, "refused", null, null, null, detail));
        }

        private synchronized boolean isNew(RollcallException why) {
            Instant now = clock.instant();
            noted.values().removeIf(at -> !now.isBefore(at.plus(SAME)));
            return noted.putIfAbsent(why.code() + " " + why.message(), now) == null;
        }
    }
}
