package org.rollcall.sample;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// `$filter`, `$select`, `$top` and `$count` for the registration collections, which are small. Filters are conjunctions of
/// `eq`, `startswith` and `any`, all that registration tools use; anything else is refused as unsupported.
final class RegistrationQuery {
    private static final Pattern EQUALS = Pattern.compile("(\\w+)\\s+eq\\s+(?:'((?:[^']|'')*)'|([\\w-]+))");
    private static final Pattern STARTS = Pattern.compile("startswith\\(\\s*(\\w+)\\s*,\\s*'((?:[^']|'')*)'\\s*\\)");
    private static final Pattern ANY = Pattern
            .compile("(\\w+)/any\\(\\s*(\\w+)\\s*:\\s*\\2\\s+eq\\s+'((?:[^']|'')*)'\\s*\\)");
    private static final Pattern AND = Pattern.compile("\\s+and\\s+(?=(?:[^']*'[^']*')*[^']*$)");
    private static final int PAGE = 100;
    private static final int LARGEST_PAGE = 999;

    private RegistrationQuery() {}

    /// The collection's answer.
    ///
    /// @param path path below the origin, for the context and the link to the next page
    static SampleResponse list(SampleRequest request, String origin, String path, String context,
            List<ObjectNode> items) {
        String filter = request.query("$filter");
        List<ObjectNode> found = filter == null || filter.isBlank()
                ? items
                : items.stream().filter(item -> matches(item, filter)).toList();
        int size = pageSize(request.query("$top"));
        int from = offset(request.query("$skiptoken"));
        String select = request.query("$select");
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("@odata.context", origin + "/v1.0/$metadata#" + context + projection(select));
        if ("true".equals(request.query("$count")) && from == 0) {
            answer.put("@odata.count", found.size());
        }
        int to = Math.min(found.size(), from + size);
        if (to < found.size()) {
            var link = new StringBuilder(origin).append(path).append('?');
            request.query().forEach((name, value) -> {
                if (!name.equalsIgnoreCase("$skiptoken")) {
                    link.append(name).append('=')
                            .append(java.net.URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20"))
                            .append('&');
                }
            });
            link.append("$skiptoken=").append(SignedJwt.encode("at:" + to));
            answer.put("@odata.nextLink", link.toString());
        }
        var value = answer.putArray("value");
        found.subList(Math.min(from, found.size()), to).forEach(item -> value.add(selected(item, select)));
        return SampleResponse.json(200, answer);
    }

    /// The answer for one object.
    static SampleResponse single(SampleRequest request, int status, String origin, String context, ObjectNode item) {
        String select = request.query("$select");
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("@odata.context", origin + "/v1.0/$metadata#" + context + projection(select) + "/$entity");
        answer.setAll(selected(item, select));
        return SampleResponse.json(status, answer);
    }

    private static String projection(@org.jspecify.annotations.Nullable String select) {
        return select == null || select.isBlank() ? "" : "(" + select + ")";
    }

    private static ObjectNode selected(ObjectNode item, @org.jspecify.annotations.Nullable String select) {
        if (select == null || select.isBlank()) {
            return item;
        }
        ObjectNode part = JsonNodeFactory.instance.objectNode();
        for (String name : select.split(",", -1)) {
            JsonNode value = item.get(name.strip());
            if (value == null) {
                throw RegistrationJson.bad("Could not find a property named '" + name.strip() + "'.");
            }
            part.set(name.strip(), value);
        }
        return part;
    }

    private static int pageSize(@org.jspecify.annotations.Nullable String top) {
        if (top == null) {
            return PAGE;
        }
        try {
            int size = Integer.parseInt(top);
            if (size >= 1 && size <= LARGEST_PAGE) {
                return size;
            }
        } catch (NumberFormatException e) {
            throw RegistrationJson.bad("Invalid value '" + top + "' for query option '$top'.");
        }
        throw RegistrationJson.bad("Invalid page size specified: '" + top + "'. Must be between 1 and 999 inclusive.");
    }

    private static int offset(@org.jspecify.annotations.Nullable String token) {
        if (token == null) {
            return 0;
        }
        try {
            String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            return Math.max(0, Integer.parseInt(text.substring(3)));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new GraphFault(400, "Directory_ExpiredPageToken",
                    "The specified page token value has expired and can no longer be included in your request.");
        }
    }

    private static boolean matches(ObjectNode item, String filter) {
        return AND.splitAsStream(filter.strip()).allMatch(term -> matchesTerm(item, term.strip()));
    }

    private static boolean matchesTerm(ObjectNode item, String term) {
        Matcher equals = EQUALS.matcher(term);
        if (equals.matches()) {
            JsonNode value = property(item, equals.group(1));
            String text = equals.group(2);
            return text == null
                    ? value.asText("null").equals(equals.group(3))
                    : value.isTextual() && value.asText().equalsIgnoreCase(text.replace("''", "'"));
        }
        Matcher starts = STARTS.matcher(term);
        if (starts.matches()) {
            String prefix = starts.group(2).replace("''", "'");
            return property(item, starts.group(1)).asText("").regionMatches(true, 0, prefix, 0, prefix.length());
        }
        Matcher any = ANY.matcher(term);
        if (any.matches()) {
            for (JsonNode element : property(item, any.group(1))) {
                if (element.asText().equals(any.group(3).replace("''", "'"))) {
                    return true;
                }
            }
            return false;
        }
        throw new GraphFault(400, "Request_UnsupportedQuery", "Unsupported Query.");
    }

    private static JsonNode property(ObjectNode item, String name) {
        JsonNode value = item.get(name);
        if (value == null) {
            throw new GraphFault(400, "Request_UnsupportedQuery",
                    "Unsupported or invalid query filter clause specified for property '" + name + "'.");
        }
        return value;
    }
}
