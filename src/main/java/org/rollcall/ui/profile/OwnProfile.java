package org.rollcall.ui.profile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Actor;
import org.rollcall.domain.AuditEvent;
import org.rollcall.domain.GroupPath;
import org.rollcall.domain.Ref;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.SignInForecast;
import org.rollcall.domain.UserField;
import org.rollcall.domain.UserRow;
import org.rollcall.sync.Decision;
import org.rollcall.ui.common.Messages;

/// All about the signed-in person, read at one moment.
///
/// @param signIns their own, refused ones included, newest first
/// @param events  everything else that was recorded about them, newest first
record OwnProfile(UserRow person, List<GroupPath> groups, List<Decision> why, List<SignInForecast> ways,
        List<AuditEvent> signIns, List<AuditEvent> events) {
    private static final int EVENTS = 500;

    /// @throws RollcallException NOT_ALLOWED; INPUT: not there any more
    static OwnProfile read(ProfileServices services, Actor actor) {
        long id = Objects.requireNonNull(actor.userId());
        var found = services.people().byIds(actor, List.of(id));
        if (found.isEmpty()) {
            throw RollcallException.input("user.gone", Messages.get("profile.gone"),
                    Messages.get("profile.gone.remedy"));
        }
        var person = found.getFirst();
        var all = services.audit().history(actor, "USER", Long.toString(id), EVENTS);
        return new OwnProfile(person, services.people().groupsOf(actor, person), services.why().why(actor, id),
                services.authentication().forecast(person), all.stream().filter(OwnProfile::isSignIn).toList(),
                all.stream().filter(event -> !isSignIn(event)).toList());
    }

    private static boolean isSignIn(AuditEvent event) {
        return event.action().equals("signin") || event.action().startsWith("signin.");
    }

    /// Everything as a document for the person themselves.
    Map<String, @Nullable Object> document() {
        var document = new LinkedHashMap<String, @Nullable Object>();
        document.put("id", person.id());
        document.put("username", person.username());
        document.put("tenant", person.tenant());
        document.put("objectId", person.objectId() == null ? null : person.objectId().toString());
        document.put("status", person.status().name());
        document.put("mfa", person.mfa().name());
        document.put("role", person.role());
        document.put("roleSource", person.roleSource().name());
        document.put("changedAt", person.changedAt().toString());
        var attributes = new LinkedHashMap<String, @Nullable Object>();
        for (var field : UserField.values()) {
            var value = person.attributes().get(field);
            if (value != null) {
                attributes.put(field.graphName(), value instanceof List<?> ? value : value.toString());
            }
        }
        document.put("attributes", attributes);
        document.put("groups", groups.stream().map(OwnProfile::group).toList());
        document.put("why", why.stream().map(OwnProfile::decision).toList());
        document.put("signIn", ways.stream().map(OwnProfile::way).toList());
        document.put("signIns", signIns.stream().map(OwnProfile::event).toList());
        document.put("events", events.stream().map(OwnProfile::event).toList());
        return document;
    }

    private static Map<String, @Nullable Object> group(GroupPath path) {
        var group = new LinkedHashMap<String, @Nullable Object>();
        group.put("id", path.group().objectId().toString());
        group.put("name", path.group().shownName());
        group.put("direct", path.isDirect());
        group.put("path", path.path().stream().map(Ref::name).toList());
        return group;
    }

    private static Map<String, @Nullable Object> decision(Decision decision) {
        var one = new LinkedHashMap<String, @Nullable Object>();
        one.put("about", decision.about());
        one.put("value", decision.value());
        one.put("because", decision.because());
        one.put("rule", decision.rule());
        one.put("path", new ArrayList<>(decision.path()));
        return one;
    }

    private static Map<String, @Nullable Object> way(SignInForecast forecast) {
        var one = new LinkedHashMap<String, @Nullable Object>();
        one.put("mode", forecast.mode().word());
        one.put("works", forecast.works());
        one.put("because", forecast.because());
        return one;
    }

    private static Map<String, @Nullable Object> event(AuditEvent event) {
        var one = new LinkedHashMap<String, @Nullable Object>();
        one.put("at", event.at().toString());
        one.put("action", event.action());
        one.put("by", event.actor());
        one.put("origin", event.origin());
        one.put("detail", event.detail());
        return one;
    }
}
