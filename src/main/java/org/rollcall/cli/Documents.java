package org.rollcall.cli;

import java.util.LinkedHashSet;
import java.util.List;

import org.rollcall.domain.Change;
import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.GroupField;
import org.rollcall.domain.GroupRow;
import org.rollcall.domain.MemberRow;
import org.rollcall.domain.MemberType;
import org.rollcall.domain.ReadNote;
import org.rollcall.domain.Run;
import org.rollcall.domain.RunKind;
import org.rollcall.domain.UserField;
import org.rollcall.domain.UserRow;

/// The shapes of JSON documents that scripts rely on: fields may be added, none may change.
final class Documents {
    /// The fields of [#fullPerson], in order.
    static final List<String> PERSON_COLUMNS = personColumns();
    /// The fields of [#group], in order.
    static final List<String> GROUP_COLUMNS = List.of("id", "tenant", "objectId", "displayName", "description", "mail",
            "kind", "dynamic", "roleAssignable", "visibility", "status");

    private Documents() {}

    private static List<String> personColumns() {
        var columns = new LinkedHashSet<>(List.of("id", "tenant", "objectId", "username", "upn", "displayName", "mail",
                "department", "status", "userType", "mfa", "role", "roleSource"));
        for (UserField field : UserField.values()) {
            if (standsForItself(field)) {
                columns.add(field.graphName());
            }
        }
        return List.copyOf(columns);
    }

    private static boolean standsForItself(UserField field) {
        return field != UserField.USER_TYPE && field != UserField.USER_PRINCIPAL_NAME;
    }

    static Doc person(UserRow user) {
        return new Doc().id("id", user.id())
                .put("tenant", user.tenant())
                .put("objectId", user.objectId())
                .put("username", user.username())
                .put("upn", user.upn())
                .put("displayName", user.displayName())
                .put("mail", user.mail())
                .put("department", user.department())
                .put("status", user.status())
                .put("userType", user.isGuest() ? "GUEST" : "MEMBER")
                .put("mfa", user.mfa())
                .put("role", user.role())
                .put("roleSource", user.roleSource());
    }

    /// With every attribute as Entra has it.
    static Doc fullPerson(UserRow user) {
        Doc doc = person(user);
        for (UserField field : UserField.values()) {
            if (standsForItself(field)) {
                doc.put(field.graphName(), user.attributes().get(field));
            }
        }
        return doc;
    }

    static Doc group(GroupRow group) {
        return new Doc().id("id", group.id())
                .put("tenant", group.tenant())
                .put("objectId", group.objectId())
                .put("displayName", group.displayName())
                .put("description", group.attributes().text(GroupField.DESCRIPTION))
                .put("mail", group.attributes().text(GroupField.MAIL))
                .put("kind", group.kind())
                .put("dynamic", group.isDynamic())
                .put("roleAssignable", group.isRoleAssignable())
                .put("visibility", group.attributes().text(GroupField.VISIBILITY))
                .put("status", group.status());
    }

    static Doc member(MemberRow member) {
        return new Doc().id("id", member.id())
                .put("objectId", member.objectId())
                .put("type", member.type())
                .put("displayName", member.displayName());
    }

    static Doc member(UserRow user) {
        return new Doc().id("id", user.id())
                .put("objectId", user.objectId())
                .put("type", MemberType.USER)
                .put("displayName", user.displayName());
    }

    /// What a preview says.
    static Doc preview(Run run) {
        return planned(new Doc().put("tenant", run.tenantName()).put("profile", run.profileName()), run)
                .put("requests", run.requests())
                .id("run", run.id());
    }

    static Doc run(Run run) {
        // An undo that is only looked at is no run yet.
        Doc doc = new Doc().id("run", run.id() == 0 ? null : run.id())
                .put("tenant", run.tenantName())
                .put("profile", run.profileName())
                .put("kind", run.kind())
                .put("trigger", run.trigger())
                .put("startedBy", run.startedBy())
                .put("state", run.state())
                .put("started", run.startedAt())
                .put("ended", run.endedAt());
        return planned(doc, run).put("requests", run.requests()).put("error", failure(run)).id("undoOf", run.undoOf())
                .put("leftAlone", run.kind() == RunKind.UNDO ? run.count(ChangeKind.CONFLICT) : null);
    }

    private static Doc planned(Doc doc, Run run) {
        var counts = new Doc();
        for (ChangeKind kind : ChangeKind.values()) {
            counts.put(kind.jsonName(), run.count(kind));
        }
        Run.Admins admins = run.admins();
        List<Doc> evidence = run.evidence().stream()
                .map(each -> new Doc().put("stream", each.stream()).put("pages", each.pages())
                        .put("objects", each.objects()).put("requests", each.requests())
                        .put("notes", each.notes().stream().map(Documents::note).toList()))
                .toList();
        List<Doc> guards = run.guards().stream()
                .map(each -> new Doc().put("guard", each.name()).put("stopped", each.stopped())
                        .put("message", each.message()))
                .toList();
        return doc.put("complete", run.complete())
                .put("attention", run.needsAttention())
                .put("evidence", evidence)
                .put("counts", counts)
                .put("guards", guards)
                .put("admins", admins == null
                        ? null
                        : new Doc().put("before", admins.before()).put("after", admins.after()));
    }

    private static Doc note(ReadNote note) {
        return new Doc().put("objectId", note.objectId()).put("asked", note.asked()).put("came", note.came())
                .put("attention", note.attention());
    }

    private static @org.jspecify.annotations.Nullable Doc failure(Run run) {
        Run.Failure error = run.error();
        return error == null
                ? null
                : new Doc().put("kind", error.kind()).put("code", error.code()).put("message", error.message())
                        .put("remedy", error.commandRemedy()).put("details", error.details());
    }

    static Doc change(Change change) {
        Doc doc = new Doc().put("kind", change.kind().jsonName()).put("objectId", change.objectId());
        switch (change) {
            case Change.PersonChange person -> doc.put("type", "USER").put("name", person.name())
                    .put("before", person.before()).put("after", person.after());
            case Change.GroupChange group -> doc.put("type", "GROUP").put("name", group.name())
                    .put("before", group.before()).put("after", group.after());
            case Change.MemberChange member -> doc.put("type", "MEMBER").put("member", member.memberId())
                    .put("memberType", member.memberType());
        }
        return doc.put("reason", change.reason().code()).put("because", change.reason().code().words())
                .put("facts", change.reason().facts());
    }
}
