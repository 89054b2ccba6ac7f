package org.rollcall.source.entra;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Attributes;
import org.rollcall.domain.DirectoryField;
import org.rollcall.domain.MemberType;
import org.rollcall.source.MemberEntry;

/// Reads one object of a page from the stream, keeping only the fields we use.
///
/// @param <F> the fields that are kept
final class ObjectReader<F extends Enum<F> & DirectoryField> {
    private static final Pattern GUID = Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    /// The range of times that every database can store.
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

    private final Class<F> type;
    private final Map<String, F> fields = new HashMap<>();

    ObjectReader(Class<F> type) {
        this.type = type;
        for (F field : type.getEnumConstants()) {
            fields.put(field.graphName(), field);
        }
    }

    /// @param removed how the object was deleted, null if it exists: `changed` (softly) or `deleted` (permanently)
    /// @param present fields in the answer, null values included
    record Raw<F extends Enum<F> & DirectoryField>(UUID id, @Nullable String removed, Attributes<F> attributes,
            Set<F> present, List<MemberEntry> added, List<MemberEntry> gone) {

        /// The directory returned only the id: no field has a value. (Everybody has a name, so this is not an object that lost
        /// its values.)
        boolean onlyId() {
            for (F field : attributes.fieldType().getEnumConstants()) {
                Object value = attributes.get(field);
                if (value != null && !(value instanceof List<?> list && list.isEmpty())) {
                    return false;
                }
            }
            return true;
        }
    }

    /// @param parser on the start of the object; afterwards on its end
    Raw<F> read(JsonParser parser) throws IOException {
        UUID id = null;
        String removed = null;
        Attributes.Builder<F> attributes = Attributes.builder(type);
        Set<F> present = EnumSet.noneOf(type);
        List<MemberEntry> added = List.of();
        List<MemberEntry> gone = List.of();
        String wrong = null;
        String error = null;
        expect(parser, JsonToken.START_OBJECT);
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            F field = fields.get(name);
            if (field != null) {
                Object value = value(parser, field);
                // Reported once the object's id is known, which may follow later.
                if (length(value) > field.longest()) {
                    wrong = "more than " + field.longest() + " characters in " + name;
                } else if (holdsNul(value)) {
                    wrong = "a NUL character in " + name;
                } else {
                    present.add(field);
                    attributes.set(field, value);
                }
            } else if (ErrorInAnswer.isName(name)) {
                error = ErrorInAnswer.code(parser);
            } else if (name.equals("id")) {
                id = uuid(parser);
            } else if (name.equals("@removed")) {
                removed = removal(parser);
            } else if (name.equals("members@delta")) {
                added = new ArrayList<>();
                gone = new ArrayList<>();
                members(parser, added, gone);
            } else {
                parser.skipChildren();
            }
        }
        if (error != null) {
            throw new ErrorInAnswer(error);
        }
        if (id == null) {
            throw new MalformedAnswer("an object without id");
        }
        if (wrong != null) {
            throw MalformedAnswer.naming(wrong + " of " + id);
        }
        return new Raw<>(id, removed, attributes.build(), present, added, gone);
    }

    private static int length(@Nullable Object value) {
        return switch (value) {
            case String text -> text.length();
            // As it is stored: with separators between its elements.
            case List<?> list -> list.stream().mapToInt(one -> String.valueOf(one).length() + 1).sum();
            case null, default -> 0;
        };
    }

    /// The only character that a database (PostgreSQL) does not accept.
    private static boolean holdsNul(@Nullable Object value) {
        return switch (value) {
            case String text -> text.indexOf('\0') >= 0;
            case List<?> list -> list.stream().anyMatch(one -> String.valueOf(one).indexOf('\0') >= 0);
            case null, default -> false;
        };
    }

    /// A member of a group, by id and type.
    static MemberEntry member(JsonParser parser) throws IOException {
        var into = new ArrayList<MemberEntry>();
        member(parser, into, into);
        return into.getFirst();
    }

    private static void members(JsonParser parser, List<MemberEntry> added, List<MemberEntry> gone)
            throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        expect(parser, JsonToken.START_ARRAY);
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (added.size() + gone.size() == AnswerLimits.OBJECTS) {
                throw new OversizedAnswer();
            }
            member(parser, added, gone);
        }
    }

    private static void member(JsonParser parser, List<MemberEntry> added, List<MemberEntry> gone)
            throws IOException {
        expect(parser, JsonToken.START_OBJECT);
        UUID id = null;
        String type = null;
        boolean removed = false;
        String error = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            if (ErrorInAnswer.isName(name)) {
                error = ErrorInAnswer.code(parser);
                continue;
            }
            switch (name) {
                case "id" -> id = uuid(parser);
                case "@odata.type" -> type = parser.getValueAsString();
                case "@removed" -> {
                    removed = true;
                    parser.skipChildren();
                }
                default -> parser.skipChildren();
            }
        }
        if (error != null) {
            throw new ErrorInAnswer(error);
        }
        if (id == null) {
            throw new MalformedAnswer("a member without id");
        }
        (removed ? gone : added).add(new MemberEntry(id, MemberType.ofODataType(type)));
    }

    private @Nullable Object value(JsonParser parser, F field) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        return switch (field.type()) {
            case TEXT -> scalar(parser);
            case BOOLEAN -> bool(parser);
            case INSTANT -> instant(scalar(parser));
            case LIST -> texts(parser);
        };
    }

    private static String scalar(JsonParser parser) throws IOException {
        if (!parser.currentToken().isScalarValue()) {
            throw new MalformedAnswer("a structure in place of a text");
        }
        return parser.getText();
    }

    private static boolean bool(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> throw new MalformedAnswer("something in place of true or false");
        };
    }

    /// Truncated to the precision of a column: a database that rounds would move the last moment of a year into the next one.
    private static Instant instant(String text) throws IOException {
        try {
            Instant time = OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MICROS);
            if (time.isBefore(FIRST) || time.isAfter(LAST)) {
                throw MalformedAnswer
                        .naming("a time in no year that there is: \"" + MalformedAnswer.shown(text) + "\"");
            }
            return time;
        } catch (DateTimeException e) {
            throw new MalformedAnswer("something in place of a time");
        }
    }

    private static List<String> texts(JsonParser parser) throws IOException {
        expect(parser, JsonToken.START_ARRAY);
        var texts = new ArrayList<String>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() != JsonToken.VALUE_NULL) {
                texts.add(scalar(parser));
            }
        }
        return texts;
    }

    private static String removal(JsonParser parser) throws IOException {
        String reason = "deleted";
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return reason;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean wanted = parser.currentName().equals("reason");
            parser.nextToken();
            if (wanted && parser.currentToken() == JsonToken.VALUE_STRING) {
                reason = parser.getText();
            } else {
                parser.skipChildren();
            }
        }
        return reason;
    }

    static UUID uuid(JsonParser parser) throws IOException {
        String text = scalar(parser);
        if (!isGuid(text)) {
            throw MalformedAnswer.id(text);
        }
        return UUID.fromString(text);
    }

    /// Java's own parser of UUIDs accepts `1-1-1-1-1` too.
    static boolean isGuid(String text) {
        return GUID.matcher(text).matches();
    }

    static void expect(JsonParser parser, JsonToken token) throws IOException {
        if (parser.currentToken() != token) {
            throw new MalformedAnswer("not the structure of Graph");
        }
    }
}
