package org.rollcall.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/// `$filter` as far as directory objects support it: `eq`, `ne`, `in`, `startswith`, `endswith`, `not`, `and`, `or`,
/// parentheses and `groupTypes/any(...)`. Texts compare without regard to case, as in Entra.
final class ODataFilter {
    private static final Pattern TOKEN = Pattern.compile("\\s*(?:('(?:[^']|'')*')|([A-Za-z_][A-Za-z0-9_/.@-]*)|([(),:])"
            + "|([0-9][0-9A-Fa-f:TZ.-]*))");

    /// A filter ready for use.
    ///
    /// @param advanced whether it needs `ConsistencyLevel: eventual` and `$count=true`
    /// @param ids if it asks for nothing but ids: those ids
    record Compiled(Predicate<SampleObject> test, boolean advanced, @Nullable List<String> ids) {}

    private final SampleSchema schema;
    private final List<String> tokens = new ArrayList<>();
    private int at;
    private boolean advanced;
    private boolean onlyIds = true;
    private final List<String> ids = new ArrayList<>();

    private ODataFilter(SampleSchema schema, String text) {
        this.schema = schema;
        Matcher matcher = TOKEN.matcher(text);
        int end = 0;
        while (end < text.length() && matcher.find(end) && matcher.start() == end) {
            tokens.add(matcher.group().strip());
            end = matcher.end();
        }
        if (!text.substring(end).isBlank()) {
            throw invalid("Syntax error at position " + end + " in '" + text + "'.");
        }
    }

    /// @throws GraphFault 400 for what Graph would not understand or not support
    static Compiled compile(SampleSchema schema, String text) {
        var parser = new ODataFilter(schema, text);
        Predicate<SampleObject> test = parser.or();
        if (parser.at < parser.tokens.size()) {
            throw invalid("Syntax error at '" + parser.tokens.get(parser.at) + "'.");
        }
        return new Compiled(test, parser.advanced, parser.onlyIds ? List.copyOf(parser.ids) : null);
    }

    private static GraphFault invalid(String message) {
        return new GraphFault(400, "BadRequest", "Invalid filter clause: " + message);
    }

    private static GraphFault unsupported(String message) {
        return new GraphFault(400, "Request_UnsupportedQuery", message);
    }

    private Predicate<SampleObject> or() {
        Predicate<SampleObject> left = and();
        while (word("or")) {
            left = left.or(and());
        }
        return left;
    }

    private Predicate<SampleObject> and() {
        Predicate<SampleObject> left = factor();
        while (word("and")) {
            onlyIds = false;
            left = left.and(factor());
        }
        return left;
    }

    private Predicate<SampleObject> factor() {
        if (word("not")) {
            advanced = true;
            onlyIds = false;
            return factor().negate();
        }
        if (word("(")) {
            Predicate<SampleObject> inner = or();
            expect(")");
            return inner;
        }
        String name = take();
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "startswith" -> function(String::startsWith);
            case "endswith" -> {
                advanced = true;
                yield function(String::endsWith);
            }
            case "contains" -> throw unsupported("Unsupported Query: contains is not supported for this resource.");
            default -> name.toLowerCase(Locale.ROOT).endsWith("/any") ? any(name) : comparison(property(name));
        };
    }

    private interface TextTest {
        boolean test(String value, String wanted);
    }

    private Predicate<SampleObject> function(TextTest how) {
        onlyIds = false;
        expect("(");
        String property = property(take());
        expect(",");
        String wanted = lower(literal());
        expect(")");
        return o -> {
            String value = o.text(property);
            return value != null && how.test(lower(value), wanted);
        };
    }

    /// `groupTypes/any(c:c eq 'Unified')`, on any property that is a list.
    private Predicate<SampleObject> any(String name) {
        onlyIds = false;
        String property = property(name.substring(0, name.length() - "/any".length()));
        expect("(");
        take();
        expect(":");
        take();
        expect("eq");
        String wanted = lower(literal());
        expect(")");
        return o -> o.get(property) instanceof List<?> list
                && list.stream().anyMatch(v -> lower(String.valueOf(v)).equals(wanted));
    }

    private Predicate<SampleObject> comparison(String property) {
        boolean id = property.equals("id");
        onlyIds &= id;
        if (word("in")) {
            expect("(");
            var wanted = new ArrayList<@Nullable String>();
            do {
                wanted.add(literalOrNull());
            } while (word(","));
            expect(")");
            wanted.stream().filter(Objects::nonNull).forEach(ids::add);
            return o -> wanted.stream().anyMatch(w -> equal(o.text(property), w));
        }
        if (word("ne")) {
            advanced = true;
            onlyIds = false;
            String wanted = literalOrNull();
            return o -> !equal(o.text(property), wanted);
        }
        if (!word("eq")) {
            throw unsupported("Unsupported or invalid query filter clause specified for property '" + property
                    + "' of resource '" + schema.typeName() + "'.");
        }
        String wanted = literalOrNull();
        if (wanted != null) {
            ids.add(wanted);
        }
        return o -> equal(o.text(property), wanted);
    }

    private static boolean equal(@Nullable String value, @Nullable String wanted) {
        return value == null || wanted == null ? Objects.equals(value, wanted) : value.equalsIgnoreCase(wanted);
    }

    private String property(String name) {
        String canonical = schema.canonical(name);
        if (canonical == null) {
            throw invalid("Could not find a property named '" + name + "' on type 'microsoft.graph." + schema.typeName()
                    + "'.");
        }
        return canonical;
    }

    private String literal() {
        String value = literalOrNull();
        if (value == null) {
            throw invalid("A text was expected.");
        }
        return value;
    }

    private @Nullable String literalOrNull() {
        String token = take();
        if (token.startsWith("'")) {
            return token.substring(1, token.length() - 1).replace("''", "'");
        }
        return token.equalsIgnoreCase("null") ? null : token;
    }

    private boolean word(String word) {
        if (at < tokens.size() && tokens.get(at).equalsIgnoreCase(word)) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(String word) {
        if (!word(word)) {
            throw invalid("'" + word + "' was expected" + (at < tokens.size() ? " at '" + tokens.get(at) + "'." : "."));
        }
    }

    private String take() {
        if (at >= tokens.size()) {
            throw invalid("it ends too early.");
        }
        return tokens.get(at++);
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /// The objects that these ids name, sorted; ids that name nothing fall away.
    static int[] refs(ObjectIds ids, List<String> texts) {
        return texts.stream().map(t -> ids.ref(lower(t))).filter(OptionalInt::isPresent).mapToInt(OptionalInt::getAsInt)
                .distinct().sorted().toArray();
    }
}
