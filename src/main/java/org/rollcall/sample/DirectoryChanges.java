package org.rollcall.sample;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

import org.jspecify.annotations.Nullable;

/// Changes the tenant and writes each change to the log. Not thread-safe; [SampleDirectory] guards it and says what each
/// change means.
final class DirectoryChanges {
    private final DirectoryState state;
    private final ChangeLog log;
    private final Clock clock;
    private final SampleDomain domain;
    boolean purgeSilent;

    DirectoryChanges(DirectoryState state, ChangeLog log, Clock clock, SampleDomain domain) {
        this.state = state;
        this.log = log;
        this.clock = clock;
        this.domain = domain;
    }

    Optional<SampleObject> find(ObjectKind kind, String idOrName, boolean deleted) {
        OptionalInt ref = state.ids().ref(idOrName);
        if (ref.isPresent()) {
            int found = ref.getAsInt();
            return ObjectKind.of(found) == kind && (deleted ? state.isDeleted(found) : state.isAlive(found))
                    ? Optional.ofNullable(state.object(found))
                    : Optional.empty();
        }
        if (deleted) {
            return Arrays.stream(state.deleted(kind)).mapToObj(state::object).filter(Objects::nonNull)
                    .filter(o -> isNamed(o, idOrName)).findFirst();
        }
        for (int at = state.next(kind, -1); at >= 0; at = state.next(kind, at)) {
            if (kind == ObjectKind.USER
                    ? state.userPrincipalName(ObjectKind.index(at)).equalsIgnoreCase(idOrName)
                    : isNamed(state.object(at), idOrName)) {
                return Optional.ofNullable(state.object(at));
            }
        }
        return Optional.empty();
    }

    private static boolean isNamed(@Nullable SampleObject object, String name) {
        return object != null && (object.kind() == ObjectKind.USER
                ? object.userPrincipalName().equalsIgnoreCase(name)
                : object.displayName().equals(name));
    }

    SampleObject require(ObjectKind kind, String idOrName, boolean deleted) {
        return find(kind, idOrName, deleted).orElseThrow(() -> new IllegalArgumentException(
                "no such " + (deleted ? "deleted " : "") + kind.typeName() + ": " + idOrName));
    }

    private SampleObject requireAny(String idOrName, boolean deleted) {
        return find(ObjectKind.USER, idOrName, deleted)
                .orElseGet(() -> require(ObjectKind.GROUP, idOrName, deleted));
    }

    SampleObject hire(Map<String, ?> properties) {
        int ref = ObjectKind.USER.ref(state.nextIndex(ObjectKind.USER));
        String display = text(properties, "displayName", "New Person " + ObjectKind.index(ref));
        int blank = display.indexOf(' ');
        String nickname = PeopleNames.plain(display.replace(' ', '.'));
        String plain = nickname.replace(".", "").isEmpty() ? "person" + ObjectKind.index(ref) : nickname;
        String address = plain + "@" + domain.name();
        if (find(ObjectKind.USER, address, false).isPresent()) {
            address = plain + ObjectKind.index(ref) + "@" + domain.name();
        }
        String name = text(properties, "userPrincipalName", address);
        requireFree(name, ref);
        var person = new SampleObject(ref, state.ids().id(ref)).set("displayName", display)
                .set("givenName", blank < 0 ? display : display.substring(0, blank))
                .set("surname", blank < 0 ? null : display.substring(blank + 1)).set("userPrincipalName", name)
                .set("mail", name).set("mailNickname", name.substring(0, Math.max(name.indexOf('@'), 0)))
                .set("userType", "Member").set("accountEnabled", true).set("companyName", domain.organization())
                .set("createdDateTime", now()).set(SampleSchema.MFA_REGISTERED, false);
        return create(person, properties);
    }

    SampleObject createGroup(Map<String, ?> properties) {
        int ref = ObjectKind.GROUP.ref(state.nextIndex(ObjectKind.GROUP));
        String display = text(properties, "displayName", "New Group " + ObjectKind.index(ref));
        var group = new SampleObject(ref, state.ids().id(ref)).set("displayName", display)
                .set("mailNickname", "group" + ObjectKind.index(ref)).set("groupTypes", List.of())
                .set("securityEnabled", true).set("mailEnabled", false).set("createdDateTime", now())
                .set("renewedDateTime", now());
        return create(group, properties);
    }

    private SampleObject create(SampleObject object, Map<String, ?> properties) {
        properties.forEach((property, value) -> object.set(property, checked(object, property, value)));
        state.add(object);
        log.whole(object.ref());
        return object;
    }

    boolean delete(ObjectKind kind, String idOrName) {
        SampleObject object = require(kind, idOrName, false);
        boolean distribution = kind == ObjectKind.GROUP && !object.flag("securityEnabled")
                && !(object.get("groupTypes") instanceof List<?> types && types.contains("Unified"));
        if (distribution) {
            return purge(object.ref());
        }
        state.replace(object.with("deletedDateTime", now()));
        state.delete(object.ref(), now());
        log.whole(object.ref());
        return true;
    }

    boolean purge(String idOrName) {
        OptionalInt ref = state.ids().ref(idOrName);
        if (ref.isPresent() && state.isDeleted(ref.getAsInt())) {
            return purge(ref.getAsInt());
        }
        Optional<SampleObject> alive = find(ObjectKind.USER, idOrName, false)
                .or(() -> find(ObjectKind.GROUP, idOrName, false));
        return purge(alive.orElseGet(() -> requireAny(idOrName, true)).ref());
    }

    boolean purge(int ref) {
        state.purge(ref);
        log.whole(ref);
        for (int group : state.containing(ref)) {
            state.setMembers(group, without(state.members(group), ref));
            if (!purgeSilent) {
                log.link(group, ref);
            }
        }
        return true;
    }

    SampleObject restore(String idOrName) {
        SampleObject object = requireAny(idOrName, true);
        if (object.kind() == ObjectKind.USER) {
            requireFree(object.userPrincipalName(), object.ref());
        }
        SampleObject back = object.with("deletedDateTime", null);
        state.restore(object.ref());
        state.replace(back);
        log.whole(object.ref());
        return back;
    }

    SampleObject rename(String user, String userPrincipalName, String displayName) {
        SampleObject person = require(ObjectKind.USER, user, false);
        requireFree(userPrincipalName, person.ref());
        change(person, "userPrincipalName", userPrincipalName);
        return change(require(ObjectKind.USER, person.id(), false), "displayName", displayName);
    }

    SampleObject update(String idOrName, String property, @Nullable Object value) {
        SampleObject object = find(ObjectKind.USER, idOrName, false)
                .orElseGet(() -> require(ObjectKind.GROUP, idOrName, false));
        if (property.equals("userPrincipalName")) {
            requireFree(String.valueOf(value), object.ref());
        }
        return change(object, property, value);
    }

    SampleObject setMfa(String user, boolean registered) {
        SampleObject changed = require(ObjectKind.USER, user, false).with(SampleSchema.MFA_REGISTERED, registered);
        state.replace(changed);
        return changed;
    }

    boolean link(String group, String member, boolean present) {
        int into = require(ObjectKind.GROUP, group, false).ref();
        int ref = state.ids().ref(member).orElseGet(() -> requireAny(member, false).ref());
        if (state.object(ref) == null || state.isPurged(ref)) {
            throw new IllegalArgumentException("no such object: " + member);
        }
        if (state.hasMember(into, ref) == present) {
            throw new IllegalArgumentException(
                    (present ? "a member already: " : "not a member: ") + member + " of " + group);
        }
        state.setMembers(into, present ? with(state.members(into), ref) : without(state.members(into), ref));
        log.link(into, ref);
        return true;
    }

    private SampleObject change(SampleObject object, String property, @Nullable Object value) {
        Object checked = checked(object, property, value);
        if (Objects.equals(checked, object.get(property))) {
            return object;
        }
        boolean had = object.get(property) != null;
        SampleObject changed = object.with(property, checked);
        state.replace(changed);
        state.setCleared(object.ref(), property, had && checked == null);
        log.property(object.ref(), property);
        return changed;
    }

    private static @Nullable Object checked(SampleObject object, String property, @Nullable Object value) {
        if (object.schema().slot(property) < 0) {
            throw new IllegalArgumentException("no such property: " + property);
        }
        return switch (value) {
            case null -> null;
            case Boolean b -> b;
            case Instant i -> i;
            case List<?> list -> list.stream().map(String::valueOf).toList();
            case String s when property.endsWith("DateTime") -> Instant.parse(s);
            default -> value.toString();
        };
    }

    private void requireFree(String userPrincipalName, int except) {
        if (!userPrincipalName.contains("@")) {
            throw new IllegalArgumentException("not a user principal name: " + userPrincipalName);
        }
        find(ObjectKind.USER, userPrincipalName, false).filter(o -> o.ref() != except).ifPresent(_ -> {
            throw new IllegalArgumentException("user principal name is taken: " + userPrincipalName);
        });
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    private static String text(Map<String, ?> properties, String name, String otherwise) {
        Object value = properties.get(name);
        return value == null ? otherwise : value.toString();
    }

    private static int[] with(int[] sorted, int value) {
        int place = -Arrays.binarySearch(sorted, value) - 1;
        int[] longer = new int[sorted.length + 1];
        System.arraycopy(sorted, 0, longer, 0, place);
        longer[place] = value;
        System.arraycopy(sorted, place, longer, place + 1, sorted.length - place);
        return longer;
    }

    private static int[] without(int[] sorted, int value) {
        int place = Arrays.binarySearch(sorted, value);
        int[] shorter = new int[sorted.length - 1];
        System.arraycopy(sorted, 0, shorter, 0, place);
        System.arraycopy(sorted, place + 1, shorter, place, shorter.length - place);
        return shorter;
    }

}
