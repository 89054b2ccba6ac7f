package org.rollcall.sample;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.core.JsonGenerator;
import org.jspecify.annotations.Nullable;

import org.rollcall.sample.DeltaQuery.Cursor;
import org.rollcall.sample.DeltaQuery.Item;
import org.rollcall.sample.DeltaQuery.Link;
import org.rollcall.sample.DeltaQuery.Result;
import org.rollcall.sample.PageShaper.Page;
import org.rollcall.sample.PageTokens.BadToken;
import org.rollcall.sample.PageTokens.Trouble;
import org.rollcall.sample.SampleFaults.Fault;

/// `users/delta` and `groups/delta`: the tokens around [DeltaQuery], and how its items are written.
/// Source: "Use delta query to track changes", Microsoft Graph.
final class DeltaEndpoints {
    /// Tokens of directory objects live seven days.
    static final Duration TOKEN_LIFE = Duration.ofDays(7);
    private static final List<String> NOT_SUPPORTED = List.of("$top", "$orderby", "$expand", "$search", "$count",
            "$skip");
    private static final int MAX_IDS = 50;

    private final SampleDirectory directory;
    private final PageTokens tokens;
    private final PageShaper shaper;
    private final SampleFaults faults;

    DeltaEndpoints(SampleDirectory directory, PageTokens tokens, PageShaper shaper, SampleFaults faults) {
        this.directory = directory;
        this.tokens = tokens;
        this.shaper = shaper;
        this.faults = faults;
    }

    /// Whether a path segment is one of the ways to write the function's name.
    static boolean isDelta(String segment) {
        return Set.of("delta", "delta()", "microsoft.graph.delta", "microsoft.graph.delta()").contains(segment);
    }

    SampleResponse answer(GraphCall call, ObjectKind kind) {
        (kind == ObjectKind.USER ? GraphPermissions.USERS_DELTA : GraphPermissions.GROUPS).require(call.caller());
        for (String option : NOT_SUPPORTED) {
            if (call.query(option) != null) {
                throw new GraphFault(400, "Request_UnsupportedQuery",
                        "'" + option + "' is not supported with delta query for this resource.");
            }
        }
        String skip = call.query("$skiptoken");
        String since = call.query("$deltatoken");
        DeltaQuery query;
        int empties = PageShaper.ANY;
        if (skip != null) {
            CollectionPages.checkFaults(faults, call.request().path());
            if (call.query("$select") != null || since != null) {
                throw new GraphFault(400, "Request_BadRequest", "$skiptoken cannot be combined with other options.");
            }
            List<String> fields = read(call, "skip" + kind, skip);
            query = DeltaQuery.parse(directory, kind, fields);
            empties = Integer.parseInt(fields.getLast());
        } else if (since == null) {
            query = new DeltaQuery(directory, kind, tracked(call, kind), ids(call, kind), Cursor.start(now()));
        } else if (since.equals("latest")) {
            query = new DeltaQuery(directory, kind, tracked(call, kind), ids(call, kind), Cursor.since(now(), now()));
        } else {
            checkFaults(call);
            DeltaQuery before = DeltaQuery.parse(directory, kind, read(call, "delta" + kind, since));
            Set<String> select = call.query("$select") == null ? before.select() : tracked(call, kind);
            query = new DeltaQuery(directory, kind, select, before.ids(), Cursor.since(before.cursor().to(), now()));
        }
        return page(call, query, skip, empties);
    }

    private long now() {
        return directory.read(_ -> directory.log().now());
    }

    private SampleResponse page(GraphCall call, DeltaQuery query, @Nullable String skip, int empties) {
        boolean minimal = call.prefers("return=minimal") && !query.cursor().initial();
        Result result = query.page(call.caller());
        Cursor next = result.next();
        Page<Item> page = shaper.shape(call,
                new Page<>(result.items(), next == null ? null : skipLink(call, query.at(next), PageShaper.ANY),
                        next == null ? deltaLink(call, query) : null),
                skip == null ? null : call.continued(skip), empties,
                again -> skipLink(call, query, again));
        List<Item> told = bothWays(call, page.objects());
        List<DeltaQuery> queries = told.stream().map(item -> item.whole() && item.object() != null
                && faults.fires(Fault.PARTIAL_ENTRY, call.request().path()).isPresent() ? query.onlyPart() : query)
                .toList();
        String collection = query.kind() == ObjectKind.USER ? "users" : "groups";
        return GraphJson.object(200, json -> {
            json.writeStringField("@odata.context",
                    call.context(collection + CollectionPages.columns(query.select())));
            if (page.next() != null) {
                json.writeStringField("@odata.nextLink", page.next());
            }
            if (page.delta() != null) {
                json.writeStringField("@odata.deltaLink", page.delta());
            }
            json.writeArrayFieldStart("value");
            for (int i = 0; i < told.size(); i++) {
                write(json, queries.get(i), told.get(i), minimal);
            }
            json.writeEndArray();
        });
    }

    /// One membership of the page, the first, told the other way too.
    private List<Item> bothWays(GraphCall call, List<Item> items) {
        for (Item item : items) {
            if (!item.links().isEmpty() && faults.fires(Fault.EDGE_BOTH_WAYS, call.request().path()).isPresent()) {
                Link first = item.links().getFirst();
                var told = new ArrayList<>(items);
                told.add(new Item(item.id(), item.object(), null, item.whole(), item.changed(), item.cleared(),
                        List.of(new Link(first.kind(), first.id(), !first.removed()))));
                return told;
            }
        }
        return items;
    }

    private static void write(JsonGenerator json, DeltaQuery query, Item item, boolean minimal)
            throws java.io.IOException {
        json.writeStartObject();
        json.writeStringField("id", item.id());
        if (item.object() == null) {
            json.writeObjectFieldStart("@removed");
            json.writeStringField("reason", item.reason());
            json.writeEndObject();
        } else {
            SampleObject object = item.object();
            for (String property : query.properties()) {
                Object value = object.get(property);
                boolean changed = item.whole() || item.changed().contains(property);
                boolean told = minimal
                        ? changed && (value != null || !item.whole())
                        : value != null || item.cleared().contains(property);
                if (told && !property.equals("id")) {
                    GraphJson.property(json, property, value);
                }
            }
            if (!item.links().isEmpty()) {
                json.writeArrayFieldStart("members@delta");
                for (Link link : item.links()) {
                    json.writeStartObject();
                    json.writeStringField("@odata.type", link.kind().odataType());
                    json.writeStringField("id", link.id());
                    if (link.removed()) {
                        json.writeObjectFieldStart("@removed");
                        json.writeStringField("reason", "deleted");
                        json.writeEndObject();
                    }
                    json.writeEndObject();
                }
                json.writeEndArray();
            }
        }
        json.writeEndObject();
    }

    private String skipLink(GraphCall call, DeltaQuery query, int empties) {
        var fields = new java.util.ArrayList<>(query.fields());
        fields.add(Integer.toString(empties));
        return call.address() + "?$skiptoken=" + tokens.issue("skip" + query.kind(), fields);
    }

    private String deltaLink(GraphCall call, DeltaQuery query) {
        return call.address() + "?$deltatoken=" + tokens.issue("delta" + query.kind(), query.fields());
    }

    private static @Nullable Set<String> tracked(GraphCall call, ObjectKind kind) {
        String text = call.query("$select");
        if (text == null) {
            return null;
        }
        SampleSchema schema = SampleSchema.of(kind);
        var names = new LinkedHashSet<String>();
        for (String part : text.split(",", -1)) {
            String name = part.strip();
            String canonical = List.of("members", "owners", "manager").contains(name) ? name : schema.canonical(name);
            if (canonical == null) {
                throw new GraphFault(400, "BadRequest", "Could not find a property named '" + name
                        + "' on type 'microsoft.graph." + schema.typeName() + "'.");
            }
            names.add(canonical);
        }
        return names;
    }

    private int @Nullable [] ids(GraphCall call, ObjectKind kind) {
        String text = call.query("$filter");
        if (text == null) {
            return null;
        }
        List<String> ids = ODataFilter.compile(SampleSchema.of(kind), text).ids();
        if (ids == null) {
            throw new GraphFault(400, "Request_UnsupportedQuery",
                    "Only filtering by id is supported with delta query.");
        }
        if (ids.size() > MAX_IDS) {
            throw new GraphFault(400, "Request_UnsupportedQuery",
                    "The filter exceeds the maximum of " + MAX_IDS + " ids.");
        }
        return directory.read(s -> ODataFilter.refs(s.ids(), ids));
    }

    private List<String> read(GraphCall call, String purpose, String token) {
        try {
            return tokens.read(purpose, token, TOKEN_LIFE);
        } catch (BadToken e) {
            if (e.trouble() == Trouble.MALFORMED) {
                throw malformed();
            }
            throw purpose.startsWith("skip") ? CollectionPages.expired() : expired(call);
        }
    }

    private void checkFaults(GraphCall call) {
        String path = call.request().path();
        if (faults.fires(Fault.DELTA_EXPIRED_410, path).isPresent()) {
            throw new GraphFault(410, "resyncRequired", "Resync required. Replace any local items with the server's"
                    + " version.").with("Location", call.address() + "?$deltatoken=");
        }
        if (faults.fires(Fault.DELTA_EXPIRED_400, path).isPresent()) {
            throw expired(call);
        }
        if (faults.fires(Fault.DELTA_BAD_TOKEN, path).isPresent()) {
            throw malformed();
        }
    }

    private static GraphFault expired(GraphCall call) {
        // Both spellings are reported of Entra; people and groups show one each.
        String code = call.segment(0).equals("users") ? "syncStateNotFound" : "SyncStateNotFound";
        return new GraphFault(400, code, "The sync state generation is not found. The delta token is expired and data"
                + " must be synchronized again.");
    }

    private static GraphFault malformed() {
        return new GraphFault(400, "Request_BadRequest", "Badly formed token.");
    }
}
