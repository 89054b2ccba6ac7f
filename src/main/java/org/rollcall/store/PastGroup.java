package org.rollcall.store;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.GroupField;
import org.rollcall.domain.GroupRow;
import org.rollcall.domain.GroupStatus;

/// What is known of one group on the way back to a moment, as [PastPerson] of people.
final class PastGroup extends PastObject {
    /// @param now null: it is not there any more
    /// @return null: it was not there
    @Nullable
    GroupRow then(@Nullable GroupRow now, PastNames names) {
        if (!wasThere(now != null)) {
            return null;
        }
        var attributes = attributes(GroupField.class, now == null ? null : now.attributes());
        Object status = values.get("status");
        GroupStatus then = status == null && now != null ? now.status() : GroupStatus.valueOf(String.valueOf(status));
        if (whole || now == null) {
            long tenant = Objects.requireNonNullElse(number("tenantId"), 0L);
            return new GroupRow(Objects.requireNonNullElse(number("id"), 0L), tenant, names.tenant(tenant),
                    UUID.fromString(String.valueOf(values.get("objectId"))), then, null, null, Instant.EPOCH,
                    attributes);
        }
        return new GroupRow(now.id(), now.tenantId(), names.tenant(now.tenantId()), now.objectId(), then,
                now.firstRunId(), now.lastRunId(), now.changedAt(), attributes);
    }
}
