package org.rollcall.store;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/// What roles and tenants were called at a moment.
final class PastNames {
    private final Map<Long, String> roles;
    private final Map<Long, String> tenants;

    /// @param roles   by id, as they are called now
    /// @param tenants by id, as they are called now
    PastNames(Map<Long, String> roles, Map<Long, String> tenants) {
        this.roles = new HashMap<>(roles);
        this.tenants = new HashMap<>(tenants);
    }

    void roleWas(long id, String before) {
        roles.computeIfPresent(id, (_, _) -> before);
    }

    /// Nobody held it before, whatever was called so.
    void roleCame(long id) {
        roles.remove(id);
    }

    void tenantWas(long id, String before) {
        tenants.computeIfPresent(id, (_, _) -> before);
    }

    String role(long id, String otherwise) {
        return roles.getOrDefault(id, otherwise);
    }

    /// 0: no role that is called so is there any more.
    long roleId(String name) {
        return roles.entrySet().stream().filter(each -> each.getValue().equals(name)).map(Map.Entry::getKey)
                .findFirst().orElse(0L);
    }

    String tenant(long id) {
        return Objects.requireNonNullElse(tenants.get(id), "");
    }
}
