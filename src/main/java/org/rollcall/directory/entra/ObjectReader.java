package org.rollcall.directory.entra;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import org.jspecify.annotations.Nullable;

import org.rollcall.directory.MemberEntry;
import org.rollcall.domain.Attributes;
import org.rollcall.domain.DirectoryField;
import org.rollcall.domain.MemberType;

/// Reads one object of a page from the stream: what we keep of it, and nothing else.
///
/// @param <F> the fields that are kept
final class ObjectReader<F extends Enum<F> & DirectoryField> {
    private final Class<F> type;
    private final Map<String, F> fields = new HashMap<>();

    ObjectReader(Class<F> type) {
        this.type = type;
        for (F field : type.getEnumConstants()) {
            fields.put(field.graphName(), field);
        }
    }

    /// @param removed how the object went, null if it is there: `changed` (softly) or `deleted` (for good)
    /// @param present fields that the answer spoke of, null values included
    record Raw<F extends Enum<F> & DirectoryField>(UUID id, @Nullable String removed, Attributes<F> attributes,
            Set<F> present, List<MemberEntry> added, List<MemberEntry> gone) {

        /// The directory showed no more than the id: no field has a value. (Everybody has a name, so this is no object
        /// that lost its values.)
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
        expect(parser, JsonToken.START_OBJECT);
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            F field = fields.get(name);
            if (field != null) {
                present.add(field);
                attributes.set(field, value(parser, field));
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
        if (id == null) {
            throw new MalformedAnswer("an object without id");
        }
        return new Raw<>(id, removed, attributes.build(), present, added, gone);
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
            member(parser, added, gone);
        }
    }

    private static void member(JsonParser parser, List<MemberEntry> added, List<MemberEntry> gone)
            throws IOException {
        expect(parser, JsonToken.START_OBJECT);
        UUID id = null;
        String type = null;
        boolean removed = false;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
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

    private static Instant instant(String text) throws IOException {
        try {
            return OffsetDateTime.parse(text).toInstant();
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
        try {
            return UUID.fromString(scalar(parser));
        } catch (IllegalArgumentException e) {
            throw new MalformedAnswer("an id that is no GUID");
        }
    }

    static void expect(JsonParser parser, JsonToken token) throws IOException {
        if (parser.currentToken() != token) {
            throw new MalformedAnswer("not the structure of Graph");
        }
    }
}
