package org.rollcall.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SelectOnConditionStep;

import org.rollcall.domain.GroupField;
import org.rollcall.domain.GroupRow;
import org.rollcall.domain.GroupStatus;

import static org.rollcall.store.gen.Tables.DIRECTORY_GROUP;
import static org.rollcall.store.gen.Tables.TENANT;

/// Reads groups with their tenant's name.
final class GroupRows {
    private static final FieldColumns<GroupField> ATTRIBUTES = new FieldColumns<>(GroupField.class, DIRECTORY_GROUP);
    private static final List<Field<?>> OWN = List.of(DIRECTORY_GROUP.ID, DIRECTORY_GROUP.TENANT_ID, TENANT.NAME,
            DIRECTORY_GROUP.OBJECT_ID, DIRECTORY_GROUP.STATUS, DIRECTORY_GROUP.FIRST_RUN_ID,
            DIRECTORY_GROUP.LAST_RUN_ID, DIRECTORY_GROUP.CHANGED_AT);

    private GroupRows() {}

    static SelectOnConditionStep<Record> select(DSLContext dsl) {
        var fields = new ArrayList<Field<?>>(OWN);
        fields.addAll(ATTRIBUTES.columns());
        return dsl.select(fields).from(DIRECTORY_GROUP).leftJoin(TENANT).on(TENANT.ID.eq(DIRECTORY_GROUP.TENANT_ID));
    }

    /// By object id; those that are not stored are left out.
    static Map<UUID, GroupRow> byObjectIds(DSLContext dsl, long tenantId, Collection<UUID> objectIds) {
        var result = new HashMap<UUID, GroupRow>();
        for (List<UUID> chunk : Chunks.of(objectIds)) {
            select(dsl).where(Chunks.pairs(DIRECTORY_GROUP.TENANT_ID, tenantId, DIRECTORY_GROUP.OBJECT_ID, chunk))
                    .forEach(row -> result.put(row.get(DIRECTORY_GROUP.OBJECT_ID), read(row)));
        }
        return result;
    }

    static GroupRow read(Record row) {
        return new GroupRow(row.get(DIRECTORY_GROUP.ID), row.get(DIRECTORY_GROUP.TENANT_ID), row.get(TENANT.NAME),
                row.get(DIRECTORY_GROUP.OBJECT_ID), GroupStatus.valueOf(row.get(DIRECTORY_GROUP.STATUS)),
                row.get(DIRECTORY_GROUP.FIRST_RUN_ID), row.get(DIRECTORY_GROUP.LAST_RUN_ID),
                Times.fromColumn(row.get(DIRECTORY_GROUP.CHANGED_AT)), ATTRIBUTES.read(row, OWN.size()));
    }
}
