package org.rollcall.sync.plan;

import java.util.UUID;

import org.rollcall.domain.Attributes;
import org.rollcall.domain.GroupField;
import org.rollcall.domain.UserField;

/// Display names of people and groups in reports.
final class Names {
    private Names() {}

    static String of(Attributes<UserField> attributes, UUID id) {
        String name = attributes.text(UserField.DISPLAY_NAME);
        if (name == null || name.isBlank()) {
            name = attributes.text(UserField.USER_PRINCIPAL_NAME);
        }
        return name == null || name.isBlank() ? id.toString() : name;
    }

    static String ofGroup(Attributes<GroupField> attributes, UUID id) {
        String name = attributes.text(GroupField.DISPLAY_NAME);
        return name == null || name.isBlank() ? id.toString() : name;
    }
}
