package org.rollcall.source.entra;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import org.rollcall.domain.GroupField;
import org.rollcall.domain.MemberType;
import org.rollcall.domain.UserField;
import org.rollcall.source.GroupChange;
import org.rollcall.source.GroupEntry;
import org.rollcall.source.MemberEntry;
import org.rollcall.source.MfaEntry;
import org.rollcall.source.Organization;
import org.rollcall.source.UserChange;
import org.rollcall.source.UserEntry;

/// Converts the objects of Graph's pages.
final class GraphItems {
    private static final String FOR_GOOD = "deleted";
    /// Of an organization.
    private static final int LONGEST_NAME = 4_000;
    private final ObjectReader<UserField> userReader = new ObjectReader<>(UserField.class);
    private final ObjectReader<GroupField> groupReader = new ObjectReader<>(GroupField.class);

    PageReader<UserEntry> users() {
        return new PageReader<>(parser -> {
            var raw = userReader.read(parser);
            return new UserEntry(raw.id(), raw.attributes(), raw.onlyId());
        });
    }

    PageReader<GroupEntry> groups() {
        return new PageReader<>(parser -> {
            var raw = groupReader.read(parser);
            return new GroupEntry(raw.id(), raw.attributes(), raw.onlyId());
        });
    }

    PageReader<UserChange> userChanges() {
        return new PageReader<>(parser -> {
            var raw = userReader.read(parser);
            String removed = raw.removed();
            if (removed != null) {
                return new UserChange.Removed(raw.id(), removed.equalsIgnoreCase(FOR_GOOD));
            }
            return new UserChange.Upsert(raw.id(), raw.attributes(), raw.onlyId() ? Set.of() : raw.present());
        });
    }

    PageReader<GroupChange> groupChanges() {
        return new PageReader<>(parser -> {
            var raw = groupReader.read(parser);
            String removed = raw.removed();
            if (removed != null) {
                return new GroupChange.Removed(raw.id(), removed.equalsIgnoreCase(FOR_GOOD));
            }
            return new GroupChange.Upsert(raw.id(), raw.attributes(), raw.onlyId() ? Set.of() : raw.present(),
                    raw.added(), raw.gone());
        });
    }

    PageReader<MemberEntry> members() {
        return new PageReader<>(ObjectReader::member);
    }

    /// Ids of a collection cast to groups, which needs no type.
    PageReader<MemberEntry> groupsAsMembers() {
        return new PageReader<>(parser -> new MemberEntry(ObjectReader.member(parser).id(), MemberType.GROUP));
    }

    PageReader<MfaEntry> mfa() {
        return new PageReader<>(GraphItems::mfaEntry);
    }

    PageReader<Organization> organizations() {
        return new PageReader<>(GraphItems::organization);
    }

    private static MfaEntry mfaEntry(JsonParser parser) throws IOException {
        ObjectReader.expect(parser, JsonToken.START_OBJECT);
        UUID id = null;
        Boolean registered = null;
        String error = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            if (ErrorInAnswer.isName(name)) {
                error = ErrorInAnswer.code(parser);
                continue;
            }
            switch (name) {
                case "id" -> id = ObjectReader.uuid(parser);
                case "isMfaRegistered" -> {
                    registered = switch (parser.currentToken()) {
                        case VALUE_TRUE -> true;
                        case VALUE_FALSE -> false;
                        default -> null;
                    };
                    parser.skipChildren();
                }
                default -> parser.skipChildren();
            }
        }
        if (error != null) {
            throw new ErrorInAnswer(error);
        }
        if (id == null) {
            throw new MalformedAnswer("a line of the report without id");
        }
        return new MfaEntry(id, registered);
    }

    private static Organization organization(JsonParser parser) throws IOException {
        ObjectReader.expect(parser, JsonToken.START_OBJECT);
        String id = "";
        String name = "";
        List<String> domains = new ArrayList<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case "id" -> id = parser.getValueAsString("");
                case "displayName" -> name = parser.getValueAsString("");
                case "verifiedDomains" -> domains(parser, domains);
                default -> parser.skipChildren();
            }
        }
        if (!ObjectReader.isGuid(id)) {
            throw MalformedAnswer.id(id);
        }
        if (name.length() > LONGEST_NAME) {
            throw MalformedAnswer.naming("more than " + LONGEST_NAME + " characters in displayName of " + id);
        }
        return new Organization(id, name, List.copyOf(domains));
    }

    private static void domains(JsonParser parser, List<String> into) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            ObjectReader.expect(parser, JsonToken.START_OBJECT);
            String name = "";
            boolean isDefault = false;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                parser.nextToken();
                switch (field) {
                    case "name" -> name = parser.getValueAsString("");
                    case "isDefault" -> isDefault = parser.currentToken() == JsonToken.VALUE_TRUE;
                    default -> parser.skipChildren();
                }
            }
            if (isDefault) {
                into.addFirst(name);
            } else {
                into.add(name);
            }
        }
    }
}
