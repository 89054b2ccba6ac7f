package org.rollcall.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.GroupField;
import org.rollcall.domain.Profile;
import org.rollcall.domain.ProfileConfig;
import org.rollcall.domain.Ref;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.UserField;
import org.rollcall.roles.RuleService.RuleUse;
import org.rollcall.source.CallControl;
import org.rollcall.source.DirectoryReader;
import org.rollcall.source.GroupEntry;
import org.rollcall.source.UserEntry;
import org.rollcall.sync.DraftNames;
import org.rollcall.text.Words;

/// Finds the groups and people that options name. What the import knows from its last time is not asked for again: the same
/// options twice must cost no more than the import itself. It is looked at again once the import has read the directory.
final class ImportNames implements AutoCloseable {
    private final List<Ref> knownGroups = new ArrayList<>();
    private final List<Ref> knownPeople = new ArrayList<>();
    private final Supplier<DirectoryReader> opener;
    private final CallControl control;
    private final Map<String, Ref> assumedGroups = new LinkedHashMap<>();
    private final Map<String, Ref> assumedPeople = new LinkedHashMap<>();
    private @Nullable DirectoryReader reader;

    /// @param before the import as it is now
    /// @param rules  its rules
    /// @param opener makes a reader when the directory has to be asked
    ImportNames(Optional<Profile> before, List<RuleUse> rules, Supplier<DirectoryReader> opener, CallControl control) {
        before.map(Profile::config).ifPresent(config -> {
            knownGroups.addAll(config.scope().groups());
            knownGroups.addAll(config.filters().excludedGroups());
            knownPeople.addAll(config.scope().people());
            knownPeople.addAll(config.filters().excludedPeople());
        });
        rules.forEach(rule -> knownGroups.add(rule.rule().group()));
        this.opener = opener;
        this.control = control;
    }

    List<Ref> groups(List<String> names) {
        return distinct(names.stream().map(this::group));
    }

    List<Ref> people(List<String> names) {
        return distinct(names.stream().map(this::person));
    }

    private static List<Ref> distinct(Stream<Ref> refs) {
        var result = new LinkedHashMap<UUID, Ref>();
        refs.forEach(ref -> result.putIfAbsent(ref.id(), ref));
        return List.copyOf(result.values());
    }

    /// @throws RollcallException INPUT: there is none, or several
    Ref group(String name) {
        String text = name.strip();
        Optional<Ref> known = known(knownGroups, name);
        if (known.isPresent()) {
            assume(assumedGroups, name, known.get());
            return known.get();
        }
        List<GroupEntry> found = reader().findGroups(name, control);
        if (found.isEmpty()) {
            throw RollcallException.input("group.unknown", Words.of("cli.group.unknown", text),
                    Words.of("cli.group.unknown.remedy"));
        }
        if (found.size() > 1) {
            throw RollcallException.input("group.ambiguous", Words.of("cli.group.ambiguous", text, String.join(", ",
                    found.stream().limit(10).map(each -> shown(each) + " (" + each.id() + ")").toList())),
                    Words.of("cli.group.ambiguous.remedy"));
        }
        Ref ref = new Ref(found.getFirst().id(), shown(found.getFirst()));
        knownGroups.add(ref);
        return ref;
    }

    /// @throws RollcallException INPUT: there is nobody
    private Ref person(String name) {
        String text = name.strip();
        Optional<Ref> known = known(knownPeople, text);
        if (known.isPresent()) {
            assume(assumedPeople, text, known.get());
            return known.get();
        }
        List<UserEntry> all = reader().findUsers(text, control);
        if (all.isEmpty()) {
            throw RollcallException.input("person.unknown", Words.of("cli.person.unknown", text),
                    Words.of("cli.person.unknown.remedy"));
        }
        if (all.size() > 1) {
            throw RollcallException.input("person.ambiguous", Words.of("cli.person.ambiguous", text, String.join(", ",
                    all.stream().limit(10).map(each -> shown(each) + " (" + each.id() + ")").toList())),
                    Words.of("cli.person.ambiguous.remedy"));
        }
        return new Ref(all.getFirst().id(), shown(all.getFirst()));
    }

    private static String shown(UserEntry user) {
        return Objects.requireNonNullElse(user.attributes().text(UserField.USER_PRINCIPAL_NAME), user.id().toString());
    }

    /// An id is what it is; a name may mean another by now.
    private static void assume(Map<String, Ref> assumed, String text, Ref ref) {
        if (!ref.id().toString().equalsIgnoreCase(text.strip())) {
            assumed.put(text, ref);
        }
    }

    /// Whether everything that was known from the last time still bears the name under which it was asked for.
    boolean hold(DraftNames.Bearers bearers) {
        return assumedGroups.entrySet().stream().allMatch(each -> bearers.group(each.getValue().id(), each.getKey()))
                && assumedPeople.entrySet().stream()
                        .allMatch(each -> bearers.person(each.getValue().id(), each.getKey()));
    }

    private static Optional<Ref> known(List<Ref> refs, String text) {
        List<Ref> found = distinct(refs.stream().filter(
                ref -> ref.name().equalsIgnoreCase(text) || ref.id().toString().equalsIgnoreCase(text)));
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    private static String shown(GroupEntry group) {
        String name = group.attributes().text(GroupField.DISPLAY_NAME);
        return name == null || name.isBlank() ? group.id().toString() : name;
    }

    private DirectoryReader reader() {
        if (reader == null) {
            reader = opener.get();
        }
        return reader;
    }

    /// The scope that options ask for, or `before` if they ask for none.
    ProfileConfig.Scope scope(ImportSettings options, ProfileConfig.Scope before) {
        if (options.all) {
            return ProfileConfig.Scope.everyone();
        }
        if (!options.groups.isEmpty()) {
            return ProfileConfig.Scope.ofGroups(groups(options.groups), !options.noNested);
        }
        return options.members.isEmpty() ? before : ProfileConfig.Scope.ofPeople(people(options.members));
    }

    @Override
    public void close() {
        if (reader != null) {
            reader.close();
        }
    }
}
