package org.rollcall.ui.users;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Actor;
import org.rollcall.domain.AuditEvent;
import org.rollcall.domain.Change;
import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.MfaState;
import org.rollcall.domain.Permission;
import org.rollcall.domain.RoleSource;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.Run;
import org.rollcall.domain.RunChange;
import org.rollcall.domain.UserRow;
import org.rollcall.domain.UserStatus;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Look;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Tone;

/// Reads all about a person. Runs off the FX thread.
final class PersonReader {
    private static final int EVENTS = 200;
    /// Values that are codes, as people read them.
    private static final Map<String, String> CODES = codes();

    private final UsersServices services;
    private final Actor actor;

    PersonReader(UsersServices services, Actor actor) {
        this.services = services;
        this.actor = actor;
    }

    private static Map<String, String> codes() {
        var words = new HashMap<String, String>();
        for (var source : RoleSource.values()) {
            words.put(source.name(), Messages.get("users.history.source." + source.name()));
        }
        for (var status : UserStatus.values()) {
            words.put(status.name(), Look.of(status).word());
        }
        for (var mfa : MfaState.values()) {
            words.put(mfa.name(), Look.of(mfa).word());
        }
        return Map.copyOf(words);
    }

    /// @throws RollcallException INPUT: they are no longer there
    PersonDetail read(long id, @Nullable Instant asOf) {
        if (asOf != null) {
            var then = services.past().byId(actor, asOf, id).value();
            return new PersonDetail(then.row(), then.groups(), List.of(), List.of(),
                    history(then.row()).stream().filter(event -> !moment(event).isAfter(asOf)).toList(), asOf);
        }
        var found = services.people().byIds(actor, List.of(id));
        if (found.isEmpty()) {
            throw RollcallException.input("user.gone", Messages.get("users.gone"), Messages.get("users.gone.remedy"));
        }
        var person = found.getFirst();
        return new PersonDetail(person, services.people().groupsOf(actor, person), services.why().why(actor, id),
                SignInWords.ways(person, services.authentication().settings()), history(person), null);
    }

    private List<PersonDetail.Event> history(UserRow person) {
        var events = new ArrayList<PersonDetail.Event>();
        var runs = new HashMap<Long, @Nullable Run>();
        for (RunChange each : services.runs().history(actor, person, EVENTS)) {
            if (each.change() instanceof Change.PersonChange change && change.kind() != ChangeKind.SKIP) {
                var run = runs.computeIfAbsent(each.runId(), this::run);
                events.add(new PersonDetail.Event(run == null ? null : run.startedAt(), Look.of(change.kind()),
                        differences(change.before(), change.after()),
                        Messages.get("users.history.run", String.valueOf(each.runId())), each.runId()));
            }
        }
        if (actor.may(Permission.VIEW_ACTIVITY)) {
            services.audit().history(actor, "USER", Long.toString(person.id()), EVENTS)
                    .forEach(event -> events.add(byHand(event)));
        }
        events.sort(Comparator.comparing(PersonReader::moment).reversed());
        return events;
    }

    private static Instant moment(PersonDetail.Event event) {
        return Objects.requireNonNullElse(event.at(), Instant.EPOCH);
    }

    private @Nullable Run run(long id) {
        return actor.may(Permission.VIEW_ACTIVITY) ? services.runs().show(actor, id) : null;
    }

    private static PersonDetail.Event byHand(AuditEvent event) {
        var look = event.action().startsWith("role.")
                ? Look.of(ChangeKind.ROLE_CHANGE)
                : new Look(Icons.EDIT, Tone.ACCENT, "");
        return new PersonDetail.Event(event.at(), new Look(look.icon(), look.tone(), action(event.action())),
                differences(map(event.detail().get("before")), map(event.detail().get("after"))),
                Messages.get("users.history.by", event.actor()), null);
    }

    /// "role.set" has words of its own; an action without reads "Sign in" for `signin`.
    private static String action(String code) {
        var key = "users.action." + code;
        if (Messages.has(key)) {
            return Messages.get(key);
        }
        var words = code.replace('.', ' ').replace('-', ' ');
        return words.isEmpty() ? words : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private static List<PersonDetail.Difference> differences(Map<?, ?> before, Map<?, ?> after) {
        var names = new LinkedHashSet<String>();
        before.keySet().forEach(name -> names.add(String.valueOf(name)));
        after.keySet().forEach(name -> names.add(String.valueOf(name)));
        names.remove("ruleId");
        return names.stream()
                .map(name -> new PersonDetail.Difference(name, words(before.get(name)), words(after.get(name))))
                .filter(each -> !each.before().equals(each.after())).toList();
    }

    private static String words(@Nullable Object value) {
        return value == null ? "" : CODES.getOrDefault(String.valueOf(value), String.valueOf(value));
    }
}
