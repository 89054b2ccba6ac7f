package org.rollcall.settings;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import org.jspecify.annotations.Nullable;

import org.rollcall.domain.RollcallException;
import org.rollcall.text.Words;

/// Reads an object of a settings file field by field, with types, and rejects unknown fields. Errors contain the path of the
/// field: `tenants[0].imports[1].name`.
final class SettingsFields {
    private static final int MOST_DIGITS = 9;
    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1," + MOST_DIGITS + "}");

    private final JsonNode node;
    private final String place;
    private final Set<String> open = new HashSet<>();

    SettingsFields(JsonNode node, String place) {
        this.node = node;
        this.place = place;
        if (!node.isObject()) {
            throw wrong(place, Words.of("settings.wrong.isNotAnObject"));
        }
        node.fieldNames().forEachRemaining(open::add);
    }

    /// Checks that no unread field is left.
    void end() {
        open.stream().sorted().findFirst().ifPresent(name -> {
            throw wrong(at(name), Words.of("settings.wrong.isNotKnownHere"));
        });
    }

    boolean has(String name) {
        return node.has(name);
    }

    String text(String name, int longest) {
        String text = textOrNull(name, longest);
        if (text == null) {
            throw wrong(at(name), Words.of("settings.wrong.isMissing"));
        }
        return text;
    }

    /// Optional.
    @Nullable
    String textOrNull(String name, int longest) {
        JsonNode value = take(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw wrong(at(name), Words.of("settings.wrong.isNotAText"));
        }
        if (value.textValue().length() > longest) {
            throw wrong(at(name), Words.of("settings.wrong.isLongerThanCharacters", longest));
        }
        return value.textValue();
    }

    boolean flag(String name) {
        JsonNode value = take(name);
        if (!value.isBoolean()) {
            throw wrong(at(name), Words.of("settings.wrong.isNeitherTrueNorFalse"));
        }
        return value.booleanValue();
    }

    int number(String name, int least, int most) {
        Integer number = numberOrNull(name, least, most);
        if (number == null) {
            throw wrong(at(name), Words.of("settings.wrong.isMissing"));
        }
        return number;
    }

    @Nullable
    Integer numberOrNull(String name, int least, int most) {
        JsonNode value = take(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isIntegralNumber() || !WHOLE.matcher(value.asText()).matches()) {
            throw wrong(at(name), Words.of("settings.wrong.isNotAWholeNumber"));
        }
        int number = value.intValue();
        if (number < least || number > most) {
            throw wrong(at(name), Words.of("settings.wrong.isNotBetweenAnd", least, most));
        }
        return number;
    }

    SettingsFields object(String name) {
        return new SettingsFields(take(name), at(name));
    }

    /// Optional.
    @Nullable
    SettingsFields objectOrNull(String name) {
        JsonNode value = take(name);
        return value.isMissingNode() || value.isNull() ? null : new SettingsFields(value, at(name));
    }

    <T> List<T> list(String name, Function<SettingsFields, T> each) {
        var result = new ArrayList<T>();
        elements(name, (value, where) -> {
            var fields = new SettingsFields(value, where);
            T read = located(where, () -> each.apply(fields));
            fields.end();
            result.add(read);
        });
        return result;
    }

    List<String> texts(String name, int longest) {
        var result = new ArrayList<String>();
        elements(name, (value, where) -> {
            if (!value.isTextual() || value.textValue().length() > longest) {
                throw wrong(where, Words.of("settings.wrong.isNotATextOf", longest));
            }
            result.add(value.textValue());
        });
        return result;
    }

    /// The names of all its fields, each with a text value.
    List<String> names() {
        return List.copyOf(open);
    }

    private interface Element {
        void read(JsonNode value, String where);
    }

    private void elements(String name, Element element) {
        JsonNode value = take(name);
        if (!value.isArray()) {
            throw wrong(at(name), Words.of("settings.wrong.isNotAList"));
        }
        int i = 0;
        for (JsonNode each : value) {
            element.read(each, at(name) + "[" + i++ + "]");
        }
    }

    /// An error of a value with its path.
    <T> T located(String where, java.util.function.Supplier<T> read) {
        try {
            return read.get();
        } catch (RollcallException e) {
            throw e.code().startsWith("settings.") ? e : wrong(where, Words.of("settings.wrong.isWrong", e.message()));
        }
    }

    <T> T checked(String name, java.util.function.Supplier<T> read) {
        return located(at(name), read);
    }

    RollcallException wrong(String name, boolean own, Words what) {
        return wrong(own ? at(name) : place, what);
    }

    private JsonNode take(String name) {
        open.remove(name);
        JsonNode value = node.get(name);
        return value == null ? MissingNode.getInstance() : value;
    }

    String at(String name) {
        return place.isEmpty() ? name : place + "." + name;
    }

    static RollcallException wrong(String place, Words what) {
        return RollcallException.input("settings.invalid",
                Words.of("settings.invalid", place.isEmpty() ? Words.of("settings.invalid.whole") : place, what),
                Words.of("settings.invalid.remedy"));
    }
}
