package org.rollcall.store;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import org.rollcall.domain.IdOrder;
import org.rollcall.domain.MfaState;

import static org.rollcall.store.gen.Tables.MFA_STATE;

/// What the last usable MFA report of a tenant said about everybody in it, whether a mirror holds them or not: whoever
/// comes into scope later was in the report, too. Callers draw the transactions.
public final class MfaStateStore {
    private final Database database;

    public MfaStateStore(Database database) {
        this.database = database;
    }

    /// States other than unknown, by the directory's ids.
    public Map<UUID, MfaState> of(long tenantId) {
        var states = new HashMap<UUID, MfaState>();
        database.dsl().select(MFA_STATE.OBJECT_ID, MFA_STATE.MFA).from(MFA_STATE)
                .where(MFA_STATE.TENANT_ID.eq(tenantId))
                .forEach(row -> states.put(row.value1(), MfaState.valueOf(row.value2())));
        return states;
    }

    /// The same of these people.
    public Map<UUID, MfaState> of(long tenantId, Collection<UUID> people) {
        var states = new HashMap<UUID, MfaState>();
        for (List<UUID> chunk : Chunks.of(people)) {
            database.dsl().select(MFA_STATE.OBJECT_ID, MFA_STATE.MFA).from(MFA_STATE)
                    .where(Chunks.pairs(MFA_STATE.TENANT_ID, tenantId, MFA_STATE.OBJECT_ID, chunk))
                    .forEach(row -> states.put(row.value1(), MfaState.valueOf(row.value2())));
        }
        return states;
    }

    /// Replaces what is known of the tenant.
    public void replace(long tenantId, Map<UUID, MfaState> states) {
        Map<UUID, MfaState> before = of(tenantId);
        var gone = before.keySet().stream().filter(id -> !Objects.equals(before.get(id), states.get(id))).toList();
        JdbcBatch.run(database, "delete from mfa_state where tenant_id = ? and object_id = ?", gone,
                (statement, id) -> {
                    statement.setLong(1, tenantId);
                    statement.setObject(2, id);
                });
        var come = states.entrySet().stream()
                .filter(each -> each.getValue() != MfaState.UNKNOWN
                        && each.getValue() != before.get(each.getKey()))
                // In the order of the index: a map's own order would write each of its pages many times.
                .sorted(Map.Entry.comparingByKey(IdOrder.ASCENDING)).toList();
        JdbcBatch.run(database, "insert into mfa_state (tenant_id, object_id, mfa) values (?, ?, ?)", come,
                (statement, each) -> {
                    statement.setLong(1, tenantId);
                    statement.setObject(2, each.getKey());
                    statement.setString(3, each.getValue().name());
                });
    }
}
