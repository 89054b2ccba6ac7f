package org.rollcall.store;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.GroupField;
import org.rollcall.domain.GroupRow;
import org.rollcall.domain.GroupStatus;

/// What is known of one group on the way back to a moment, as [PastPerson] of people.
final class PastGroup {
    private final Map<String, @Nullable Object> values = new LinkedHashMap<>();
    private boolean absent;

    void before(Map<String, @Nullable Object> before) {
        values.putAll(before);
    }

    void came() {
        values.clear();
        absent = true;
    }

    /// @return null: it was not there
    @Nullable
    GroupRow then(GroupRow now, PastNames names) {
        if (absent) {
            return null;
        }
        var attributes = now.attributes().toBuilder();
        for (GroupField field : GroupField.values()) {
            if (values.containsKey(field.graphName())) {
                attributes.set(field, PastPerson.typed(field, values.get(field.graphName())));
            }
        }
        Object status = values.get("status");
        return new GroupRow(now.id(), now.tenantId(), names.tenant(now.tenantId()), now.objectId(),
                status == null ? now.status() : GroupStatus.valueOf(status.toString()), now.firstRunId(),
                now.lastRunId(), now.changedAt(), attributes.build());
    }
}
