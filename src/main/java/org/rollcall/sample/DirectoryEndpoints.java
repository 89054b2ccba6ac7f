package org.rollcall.sample;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

import org.rollcall.sample.CollectionPages.Listing;
import org.rollcall.sample.CollectionPages.Source;

/// Users and groups: lists, single objects, counts, the recycle bin, and objects by their ids.
final class DirectoryEndpoints {
    private static final int MAX_IDS = 1000;
    private static final List<SampleSchema> ALL = List.of(SampleSchema.USER, SampleSchema.GROUP, SampleSchema.OTHER);

    private final SampleDirectory directory;
    private final CollectionPages pages;

    DirectoryEndpoints(SampleDirectory directory, CollectionPages pages) {
        this.directory = directory;
        this.pages = pages;
    }

    static GraphPermissions permission(ObjectKind kind) {
        return kind == ObjectKind.USER ? GraphPermissions.USERS : GraphPermissions.GROUPS;
    }

    SampleResponse list(GraphCall call, ObjectKind kind) {
        permission(kind).require(call.caller());
        QueryOptions options = visible(call, kind,
                QueryOptions.of(call, List.of(SampleSchema.of(kind)), false));
        return pages.page(call, new Listing(kind == ObjectKind.USER ? "users" : "groups", options,
                source(kind, options), false, false));
    }

    private static QueryOptions visible(GraphCall call, ObjectKind kind, QueryOptions options) {
        return kind == ObjectKind.USER
                ? new QueryOptions(GraphPermissions.readable(call.caller(), options.select()), options.top(),
                        options.filter(), options.ids(), options.order())
                : options;
    }

    /// A filter by ids only is answered without looking at everyone.
    private Source source(ObjectKind kind, QueryOptions options) {
        List<String> ids = options.ids();
        return ids == null
                ? (state, after) -> state.next(kind, after)
                : directory.read(s -> CollectionPages.ofKind(
                        CollectionPages.sorted(ODataFilter.refs(s.ids(), ids), false), kind));
    }

    SampleResponse count(GraphCall call, ObjectKind kind) {
        permission(kind).require(call.caller());
        requireEventual(call);
        if (call.query("$filter") == null && call.query("$search") == null) {
            return number(kind == ObjectKind.USER ? directory.userCount() : directory.groupCount());
        }
        QueryOptions options = countOptions(call, List.of(SampleSchema.of(kind)));
        return number(pages.count(options, source(kind, options)));
    }

    /// `/$count` implies what a list has to ask for by `$count=true`.
    static QueryOptions countOptions(GraphCall call, List<SampleSchema> schemas) {
        var query = new java.util.HashMap<>(call.request().query());
        query.put("$count", "true");
        SampleRequest request = call.request();
        return QueryOptions.of(new GraphCall(
                new SampleRequest(request.method(), request.path(), query, request.headers(), request.body()),
                call.caller(), call.origin(), call.version(), call.path(), call.inner()), schemas, false);
    }

    static void requireEventual(GraphCall call) {
        if (!call.eventual()) {
            throw new GraphFault(400, "Request_BadRequest",
                    "$count is not currently supported without the header 'ConsistencyLevel: eventual'.");
        }
    }

    static SampleResponse number(long count) {
        return SampleResponse.text(200, "text/plain", Long.toString(count));
    }

    SampleResponse single(GraphCall call, ObjectKind kind, String name, GraphPermissions permission) {
        permission.require(call.caller());
        SampleSchema schema = SampleSchema.of(kind);
        Set<String> select = QueryOptions.select(call, List.of(schema));
        if (kind == ObjectKind.USER && permission != GraphPermissions.ME) {
            select = GraphPermissions.readable(call.caller(), select);
        }
        SampleObject object = find(kind, name);
        Set<String> shown = select;
        return GraphJson.object(200, json -> {
            json.writeStringField("@odata.context", call.context((kind == ObjectKind.USER ? "users" : "groups")
                    + CollectionPages.columns(shown) + "/$entity"));
            for (String property : shown == null ? schema.standard() : shown) {
                GraphJson.property(json, property, object.get(property));
            }
        });
    }

    /// A living person by id or user principal name, or a living group by id.
    ///
    /// @throws GraphFault 404 Request_ResourceNotFound
    SampleObject find(ObjectKind kind, String name) {
        return (kind == ObjectKind.USER ? directory.user(name) : directory.group(name))
                .filter(o -> kind == ObjectKind.USER || o.id().equalsIgnoreCase(name)).orElseThrow(() -> missing(name));
    }

    static GraphFault missing(String name) {
        return new GraphFault(404, "Request_ResourceNotFound", "Resource '" + name
                + "' does not exist or one of its queried reference-property objects are not present.");
    }

    /// `directory/deletedItems/microsoft.graph.user`: the cast is a required part of the path.
    SampleResponse deletedItems(GraphCall call) {
        ObjectKind kind = cast(call.segment(2));
        if (kind == null) {
            return deletedItem(call, call.segment(2));
        }
        (kind == ObjectKind.USER ? GraphPermissions.DELETED_USERS : GraphPermissions.DELETED_GROUPS)
                .require(call.caller());
        QueryOptions options = QueryOptions.of(call, List.of(SampleSchema.of(kind)), false);
        int[] deleted = directory.read(s -> s.deleted(kind));
        return pages.page(call, new Listing(kind == ObjectKind.USER ? "users" : "groups", options,
                CollectionPages.sorted(deleted, true), false, false));
    }

    private SampleResponse deletedItem(GraphCall call, String id) {
        SampleObject object = directory.object(id).filter(o -> directory.read(s -> s.isDeleted(o.ref())))
                .orElseThrow(() -> missing(id));
        (object.kind() == ObjectKind.USER ? GraphPermissions.DELETED_USERS : GraphPermissions.DELETED_GROUPS)
                .require(call.caller());
        Set<String> select = QueryOptions.select(call, ALL);
        return GraphJson.object(200, json -> {
            json.writeStringField("@odata.context", call.context("directoryObjects/$entity"));
            json.writeStringField("@odata.type", object.kind().odataType());
            for (String property : select == null ? object.schema().standard() : select) {
                GraphJson.property(json, property, object.get(property));
            }
        });
    }

    /// The kind that a path segment such as `microsoft.graph.user` or `graph.group` casts to; null if it is none.
    static @Nullable ObjectKind cast(String segment) {
        String lower = segment.toLowerCase(Locale.ROOT);
        for (ObjectKind kind : ObjectKind.values()) {
            String name = kind.typeName().toLowerCase(Locale.ROOT);
            if (lower.equals("microsoft.graph." + name) || lower.equals("graph." + name)) {
                return kind;
            }
        }
        return null;
    }

    SampleResponse byIds(GraphCall call) {
        GraphPermissions.BY_IDS.require(call.caller());
        JsonNode body = body(call);
        JsonNode ids = body.path("ids");
        if (!ids.isArray() || ids.isEmpty() || ids.size() > MAX_IDS) {
            throw new GraphFault(400, "Request_BadRequest",
                    "Invalid value specified for 'ids': 1 to " + MAX_IDS + " are allowed.");
        }
        var types = new ArrayList<String>();
        body.path("types").forEach(t -> types.add(t.asText().toLowerCase(Locale.ROOT)));
        Set<String> select = QueryOptions.select(call, ALL);
        var found = new ArrayList<SampleObject>();
        directory.read(state -> {
            for (JsonNode id : ids) {
                OptionalInt ref = state.ids().ref(id.asText().toLowerCase(Locale.ROOT));
                if (ref.isPresent() && state.isAlive(ref.getAsInt())) {
                    SampleObject object = Objects.requireNonNull(state.object(ref.getAsInt()));
                    if (types.isEmpty() || types.contains(object.kind().typeName().toLowerCase(Locale.ROOT))) {
                        found.add(object);
                    }
                }
            }
            return true;
        });
        return GraphJson.object(200, json -> {
            json.writeStringField("@odata.context",
                    call.context("directoryObjects" + CollectionPages.columns(select)));
            json.writeArrayFieldStart("value");
            for (SampleObject object : found) {
                GraphJson.entity(json, object, select, true, !GraphPermissions.sees(call.caller(), object.kind()));
            }
            json.writeEndArray();
        });
    }

    /// @throws GraphFault 400 if the body is no JSON object
    static JsonNode body(GraphCall call) {
        try {
            JsonNode body = call.request().json();
            if (body.isObject()) {
                return body;
            }
        } catch (java.io.UncheckedIOException e) {
            throw new GraphFault(400, "BadRequest", "Unable to read JSON request payload.");
        }
        throw new GraphFault(400, "BadRequest", "Unable to read JSON request payload.");
    }

    /// Ids of the groups a person is in, through all nesting; or those of the given groups that he or she is in.
    SampleResponse memberGroups(GraphCall call, String user, boolean check) {
        GraphPermissions.MEMBER_GROUPS.require(call.caller());
        JsonNode body = body(call);
        SampleObject person = find(ObjectKind.USER, user);
        var groups = new ArrayList<>(directory.groupsOf(person.id()));
        if (check) {
            JsonNode asked = body.path("groupIds");
            if (!asked.isArray() || asked.size() > 20) {
                throw new GraphFault(400, "Request_BadRequest", "Invalid value specified for 'groupIds'.");
            }
            var wanted = new ArrayList<String>();
            asked.forEach(id -> wanted.add(id.asText().toLowerCase(Locale.ROOT)));
            groups.retainAll(wanted);
        } else if (body.path("securityEnabledOnly").asBoolean()) {
            groups.removeIf(g -> directory.group(g).filter(o -> o.flag("securityEnabled")).isEmpty());
        }
        Collections.sort(groups);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("@odata.context", call.context("Collection(Edm.String)"));
        groups.forEach(answer.putArray("value")::add);
        return GraphJson.tree(200, answer);
    }

    /// Members of a group or the groups above an object, direct or through all nesting, perhaps cast to one kind.
    SampleResponse related(GraphCall call, ObjectKind of, String name, String relation) {
        boolean members = relation.equals("members") || relation.equals("transitiveMembers");
        boolean transitive = relation.startsWith("transitive");
        SampleObject object = find(of, name);
        boolean hidden = members && !GraphPermissions.seesMembers(call.caller(), object);
        int[] refs = directory.read(state -> hidden
                ? new int[0]
                : members
                        ? transitive ? Nesting.below(state, object.ref()) : state.members(object.ref())
                        : transitive ? Nesting.above(state, object.ref()) : state.containing(object.ref()));
        int at = of == ObjectKind.USER && call.segment(0).equals("me") ? 2 : 3;
        boolean count = call.path().getLast().equals("$count");
        String castSegment = call.path().size() > at && !call.segment(at).equals("$count") ? call.segment(at) : "";
        ObjectKind kind = cast(castSegment);
        if (!castSegment.isEmpty() && kind == null || call.path().size() > at + 2) {
            throw new GraphFault(400, "Request_UnsupportedQuery", "Unsupported cast or segment '" + castSegment + "'.");
        }
        List<SampleSchema> schemas = kind == null
                ? members ? ALL : List.of(SampleSchema.GROUP)
                : List.of(SampleSchema.of(kind));
        Source source = kind == null
                ? CollectionPages.sorted(refs, false)
                : CollectionPages.ofKind(CollectionPages.sorted(refs, false), kind);
        if (count) {
            requireEventual(call);
            return number(pages.count(countOptions(call, schemas), source));
        }
        QueryOptions options = QueryOptions.of(call, schemas, kind != null);
        String context = kind == null ? "directoryObjects" : kind == ObjectKind.USER ? "users" : "groups";
        return pages.page(call, new Listing(context, options, source, true, true));
    }

    static boolean isRelation(String segment) {
        return Arrays.asList("members", "transitiveMembers", "memberOf", "transitiveMemberOf").contains(segment);
    }
}
