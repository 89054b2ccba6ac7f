package org.rollcall.store;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Attributes;
import org.rollcall.domain.GroupField;
import org.rollcall.domain.GroupRow;
import org.rollcall.domain.GroupStatus;

/// What is known of one group on the way back to a moment, as [PastPerson] of people.
final class PastGroup {
    private final Map<String, @Nullable Object> values = new LinkedHashMap<>();
    private boolean absent;
    private boolean whole;

    void before(Map<String, @Nullable Object> before) {
        values.putAll(before);
    }

    void came() {
        values.clear();
        whole = false;
        absent = true;
    }

    /// It was there, and all of this was so.
    void was(Map<String, @Nullable Object> all) {
        values.clear();
        values.putAll(all);
        whole = true;
        absent = false;
    }

    /// @param now null: it is not there any more
    /// @return null: it was not there
    @Nullable
    GroupRow then(@Nullable GroupRow now, PastNames names) {
        if (absent || now == null && !whole) {
            return null;
        }
        var attributes = whole || now == null
                ? Attributes.builder(GroupField.class)
                : now.attributes().toBuilder();
        for (GroupField field : GroupField.values()) {
            if (values.containsKey(field.graphName())) {
                attributes.set(field, PastPerson.typed(field, values.get(field.graphName())));
            }
        }
        Object status = values.get("status");
        GroupStatus then = status == null && now != null ? now.status() : GroupStatus.valueOf(String.valueOf(status));
        if (whole || now == null) {
            long tenant = number("tenantId");
            return new GroupRow(number("id"), tenant, names.tenant(tenant),
                    UUID.fromString(String.valueOf(values.get("objectId"))), then, null, null, Instant.EPOCH,
                    attributes.build());
        }
        return new GroupRow(now.id(), now.tenantId(), names.tenant(now.tenantId()), now.objectId(), then,
                now.firstRunId(), now.lastRunId(), now.changedAt(), attributes.build());
    }

    private long number(String name) {
        return values.get(name) instanceof Number number ? number.longValue() : 0;
    }
}
