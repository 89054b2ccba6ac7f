package org.rollcall.ui.activity;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.AuditEvent;
import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.DisplayText;
import org.rollcall.domain.RoleSource;
import org.rollcall.domain.UserStatus;
import org.rollcall.text.Formats;
import org.rollcall.ui.common.Look;
import org.rollcall.ui.common.Messages;

/// The details of an event as lines: old and new values side by side, others by name.
final class EventFacts {
    private static final int LONGEST = 600;

    private EventFacts() {}

    record Fact(String name, String value) {}

    static List<Fact> of(AuditEvent event) {
        var facts = new ArrayList<Fact>();
        var detail = new LinkedHashMap<>(event.detail());
        var before = detail.remove("before");
        var after = detail.remove("after");
        if (before instanceof Map<?, ?> || after instanceof Map<?, ?>) {
            differences(asMap(before), asMap(after), facts);
        } else {
            add(facts, Messages.get("activity.fact.before"), before);
            add(facts, Messages.get("activity.fact.after"), after);
        }
        detail.forEach((name, value) -> add(facts, name(name), name.equals("kind") ? sentence(value) : value));
        return facts;
    }

    private static Map<?, ?> asMap(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private static void differences(Map<?, ?> before, Map<?, ?> after, List<Fact> facts) {
        var names = new LinkedHashSet<Object>(before.keySet());
        names.addAll(after.keySet());
        for (var name : names) {
            var old = words(spoken(before.get(name)));
            var now = words(spoken(after.get(name)));
            if (!Objects.equals(old, now)) {
                facts.add(new Fact(name(String.valueOf(name)), old.isEmpty()
                        ? now
                        : Messages.get("activity.fact.change", old, now.isEmpty() ? "–" : now)));
            }
        }
    }

    private static void add(List<Fact> facts, String name, @Nullable Object value) {
        var words = words(value);
        if (!words.isEmpty()) {
            facts.add(new Fact(name, words));
        }
    }

    private static String words(@Nullable Object value) {
        var words = switch (value) {
            case null -> "";
            case Collection<?> list -> list.stream().map(EventFacts::words).collect(Collectors.joining(", "));
            case Map<?, ?> map -> map.entrySet().stream()
                    .map(each -> name(String.valueOf(each.getKey())) + " " + words(each.getValue()))
                    .collect(Collectors.joining(", "));
            case Number number -> Formats.number(number.longValue());
            default -> DisplayText.within(String.valueOf(value));
        };
        return words.length() <= LONGEST ? words : words.substring(0, LONGEST) + "…";
    }

    /// States and sources of roles with the words of the other screens.
    private static @Nullable Object spoken(@Nullable Object value) {
        for (var status : UserStatus.values()) {
            if (status.name().equals(value)) {
                return Look.of(status).word();
            }
        }
        for (var source : RoleSource.values()) {
            if (source.name().equals(value)) {
                return Messages.capital(Look.of(source).word());
            }
        }
        return value;
    }

    /// "CERTIFICATE" as "Certificate".
    private static String sentence(@Nullable Object constant) {
        return constant == null
                ? ""
                : Messages.capital(constant.toString().replace('_', ' ').toLowerCase(Locale.ROOT));
    }

    /// "roleSource" as "Role source", kinds of changes by their words.
    private static String name(String key) {
        if (key.equals("profile")) {
            return Messages.get("activity.fact.import");
        }
        for (var kind : ChangeKind.values()) {
            if (kind.jsonName().equals(key)) {
                return Look.of(kind).word();
            }
        }
        var words = key.replaceAll("([a-z])([A-Z])", "$1 $2").replace('_', ' ').toLowerCase(Locale.ROOT);
        return Messages.capital(words);
    }
}
