package org.rollcall.ui.groups;

import org.kordamp.ikonli.Ikon;

import org.rollcall.domain.GroupField;
import org.rollcall.domain.GroupKind;
import org.rollcall.domain.GroupRow;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Messages;

/// Groups in words and icons.
final class GroupWords {
    private GroupWords() {}

    static Ikon icon(GroupRow group) {
        if (group.isDynamic()) {
            return Icons.DYNAMIC;
        }
        if (group.isRoleAssignable()) {
            return Icons.ROLE_ASSIGNABLE;
        }
        return group.kind() == GroupKind.MICROSOFT365 ? Icons.MICROSOFT365 : Icons.GROUP;
    }

    /// "Security group in Contoso, finance@contoso.com".
    static String second(GroupRow group) {
        var words = Messages.get("groups.in", kind(group), group.tenant());
        var mail = group.attributes().text(GroupField.MAIL);
        return mail == null || mail.isBlank() ? words : words + ", " + mail;
    }

    static String kind(GroupRow group) {
        var kind = Messages.get(switch (group.kind()) {
            case SECURITY -> "groups.kind.security";
            case MICROSOFT365 -> "groups.kind.microsoft365";
            case DISTRIBUTION -> "groups.kind.distribution";
            case MAIL_SECURITY -> "groups.kind.mailSecurity";
        });
        if (group.isDynamic()) {
            return Messages.get("groups.kind.dynamic", kind);
        }
        return group.isRoleAssignable() ? Messages.get("groups.kind.assignable", kind) : kind;
    }
}
