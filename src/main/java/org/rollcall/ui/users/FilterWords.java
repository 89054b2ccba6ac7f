package org.rollcall.ui.users;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.GroupRow;
import org.rollcall.domain.UserFilter;
import org.rollcall.ui.common.Look;
import org.rollcall.ui.common.Messages;

/// A filter in words: "Group: Finance, Status: Removed".
final class FilterWords {
    private FilterWords() {}

    static String of(UserFilter filter, UsersViewModel.Choices choices, @Nullable GroupRow group) {
        var words = new ArrayList<String>();
        if (!filter.search().isBlank()) {
            words.add(Messages.get("users.filter.words", filter.search().strip()));
        }
        if (group != null) {
            words.add(named("users.filter.group", group.shownName()));
        }
        add(words, "users.filter.tenant", tenants(filter.tenantIds(), choices));
        add(words, "users.filter.status", some(filter.statuses(), status -> Look.of(status).word()));
        add(words, "users.filter.role", roles(filter.roleIds(), choices));
        add(words, "users.filter.source", some(filter.sources(), source -> Look.of(source).word()));
        add(words, "users.filter.mfa", some(filter.mfa(), mfa -> Look.of(mfa).word()));
        var signIn = filter.signIn();
        if (signIn != null) {
            words.add(named("users.filter.signin", Messages.get(signIn ? "users.signin.yes" : "users.signin.no")));
        }
        return String.join(", ", words);
    }

    static String tenants(Set<Long> ids, UsersViewModel.Choices choices) {
        return ids.stream().sorted().map(id -> id == UserFilter.LOCAL
                ? Messages.get("users.tenant.local")
                : choices.tenants().stream().filter(tenant -> tenant.id() == id).map(tenant -> tenant.name())
                        .findFirst().orElse(""))
                .collect(Collectors.joining(", "));
    }

    static String roles(Set<Long> ids, UsersViewModel.Choices choices) {
        return choices.roles().stream().filter(role -> ids.contains(role.id())).map(role -> role.name())
                .collect(Collectors.joining(", "));
    }

    static <E extends Enum<E>> String some(Set<E> values, Function<E, String> word) {
        return values.stream().sorted(Comparator.naturalOrder()).map(word).collect(Collectors.joining(", "));
    }

    private static void add(ArrayList<String> words, String key, String value) {
        if (!value.isEmpty()) {
            words.add(named(key, value));
        }
    }

    private static String named(String key, String value) {
        return Messages.get("common.filter.set", Messages.get(key), value);
    }
}
