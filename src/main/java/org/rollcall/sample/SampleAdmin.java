package org.rollcall.sample;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// The sample tenant's own switches, over HTTPS, for tools outside the process. No token is needed: it listens on the
/// loopback address only. A refused request is 400 with `{"error": "..."}`.
///
/// - `POST /admin/changes` with an array of operations, applied in their order up to the first that fails; answers
///   `{"results": [{"op", "id"}]}`. People are named by object id or user principal name, groups by object id or display
///   name. The operations, each with `op`:
///   `hire` (any user property), `leave`, `purge`, `restore`, `disable`, `enable` (`user`),
///   `rename` (`user`, `userPrincipalName`, `displayName`), `update` (`user` or `group`, `property`, `value`),
///   `mfa` (`user`, `registered`), `addMember`, `removeMember` (`group`, `member`), `move` (`member`, `from`, `to`; also
///   re-hangs a nested group), `createGroup` (any group property), `deleteGroup`, `restoreGroup`, `purgeGroup` (`group`),
///   `renameGroup` (`group`, `displayName`).
/// - `GET /admin/truth/users`, `/admin/truth/groups`: everything, with `mfaRegistered`;
///   `/admin/truth/members?group=G`: `{"direct": [...], "effective": [...]}` (object ids);
///   `/admin/truth/memberships`: every direct edge `{"group", "member", "type"}`.
/// - `POST /admin/faults` `{"spec": "..."}` sets the faults ([SampleFaults]); an empty one clears them. `GET` tells them.
/// - `POST /admin/clock` `{"advance": "P8D"}` moves the tenant's clock forward by an ISO 8601 duration; answers `{"now"}`.
/// - `POST /admin/throttling` `{"enabled": true, "quota": 100}` (both optional).
/// - `GET /admin/log`: `{"graph": N, "login": N, "admin": N, "requests": [...]}`, the last 1,000 requests to Graph;
///   `DELETE /admin/log` counts from zero.
///
/// `/admin/devicecode` and `/admin/identity` belong to [IdentityAdmin].
final class SampleAdmin {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int SHOWN = 1_000;

    private final SampleDirectory directory;
    private final SampleFaults faults;
    private final SampleClock clock;
    private final RequestLog log;
    private final ThrottleMeter meter;

    SampleAdmin(SampleDirectory directory, SampleFaults faults, SampleClock clock, RequestLog log,
            ThrottleMeter meter) {
        this.directory = directory;
        this.faults = faults;
        this.clock = clock;
        this.log = log;
        this.meter = meter;
    }

    SampleResponse handle(SampleRequest request) {
        try {
            return switch (request.method() + " " + request.path()) {
                case "POST /admin/changes" -> changes(request.json());
                case "GET /admin/truth/users" -> objects(ObjectKind.USER);
                case "GET /admin/truth/groups" -> objects(ObjectKind.GROUP);
                case "GET /admin/truth/members" -> members(String.valueOf(request.query("group")));
                case "GET /admin/truth/memberships" -> memberships();
                case "POST /admin/faults" -> {
                    faults.set(request.json().path("spec").asText(""));
                    yield faults();
                }
                case "GET /admin/faults" -> faults();
                case "POST /admin/clock" -> {
                    clock.advance(Duration.parse(request.json().path("advance").asText("PT0S")));
                    yield SampleResponse.json(200,
                            JsonNodeFactory.instance.objectNode().put("now", clock.instant().toString()));
                }
                case "POST /admin/throttling" -> throttling(request.json());
                case "GET /admin/log" -> log();
                case "DELETE /admin/log" -> {
                    log.reset();
                    yield SampleResponse.empty(204);
                }
                default -> SampleResponse.json(404, error("no such switch: " + request.path()));
            };
        } catch (RuntimeException e) {
            return SampleResponse.json(400, error(String.valueOf(e.getMessage())));
        }
    }

    private static ObjectNode error(String text) {
        return JsonNodeFactory.instance.objectNode().put("error", text);
    }

    private SampleResponse changes(JsonNode operations) {
        if (!operations.isArray()) {
            throw new IllegalArgumentException("an array of operations is expected");
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode results = answer.putArray("results");
        for (JsonNode operation : operations) {
            String op = operation.path("op").asText("");
            results.addObject().put("op", op).put("id", apply(op, operation));
        }
        return SampleResponse.json(200, answer);
    }

    private String apply(String op, JsonNode o) {
        String user = o.path("user").asText("");
        String group = o.path("group").asText("");
        String member = o.path("member").asText("");
        return switch (op) {
            case "hire" -> directory.hire(properties(o)).id();
            case "leave" -> done(user, () -> directory.leave(user));
            case "purge" -> done(user, () -> directory.purge(user));
            case "restore" -> directory.restore(user).id();
            case "disable" -> directory.setEnabled(user, false).id();
            case "enable" -> directory.setEnabled(user, true).id();
            case "rename" -> {
                SampleObject person = directory.user(user)
                        .orElseThrow(() -> new IllegalArgumentException("no such user: " + user));
                yield directory.rename(user, o.path("userPrincipalName").asText(person.userPrincipalName()),
                        o.path("displayName").asText(person.displayName())).id();
            }
            case "update" -> directory.update(user.isEmpty() ? groupId(group) : user,
                    o.path("property").asText(""), value(o.get("value"))).id();
            case "mfa" -> directory.setMfa(user, o.path("registered").asBoolean()).id();
            case "addMember" -> done(member, () -> directory.addMember(group, member));
            case "removeMember" -> done(member, () -> directory.removeMember(group, member));
            case "move" -> done(member,
                    () -> directory.move(member, o.path("from").asText(""), o.path("to").asText("")));
            case "createGroup" -> directory.createGroup(properties(o)).id();
            case "deleteGroup" -> done(group, () -> directory.deleteGroup(group));
            case "purgeGroup" -> done(group, () -> directory.purge(group));
            case "restoreGroup" -> directory.restore(group).id();
            case "renameGroup" -> directory.renameGroup(group, o.path("displayName").asText("")).id();
            default -> throw new IllegalArgumentException("no such operation: " + op);
        };
    }

    private String groupId(String group) {
        return directory.group(group).orElseThrow(() -> new IllegalArgumentException("no such group: " + group)).id();
    }

    private static String done(String id, Runnable change) {
        change.run();
        return id;
    }

    private static Map<String, Object> properties(JsonNode operation) {
        var properties = new HashMap<String, Object>();
        operation.properties().forEach(field -> {
            Object value = value(field.getValue());
            if (!field.getKey().equals("op") && value != null) {
                properties.put(field.getKey(), value);
            }
        });
        return properties;
    }

    private static @org.jspecify.annotations.Nullable Object value(
            @org.jspecify.annotations.Nullable JsonNode node) {
        if (node == null || node.isNull()) {
            return null;
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        return node.isArray() ? List.of(MAPPER.convertValue(node, String[].class)) : node.asText();
    }

    private SampleResponse objects(ObjectKind kind) {
        return GraphJson.object(200, json -> {
            json.writeArrayFieldStart("value");
            int count = 0;
            for (SampleObject object : kind == ObjectKind.USER ? directory.users() : directory.groups()) {
                json.writeStartObject();
                json.writeStringField("id", object.id());
                for (String property : object.schema().kept()) {
                    GraphJson.property(json, property, object.get(property));
                }
                json.writeEndObject();
                count++;
            }
            json.writeEndArray();
            json.writeNumberField("count", count);
        });
    }

    private SampleResponse members(String group) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        directory.directMembers(group).forEach(m -> answer.withArray("direct").add(m.id()));
        directory.effectiveMembers(group).forEach(m -> answer.withArray("effective").add(m.id()));
        return SampleResponse.json(200, answer);
    }

    private SampleResponse memberships() {
        return GraphJson.object(200, json -> {
            json.writeArrayFieldStart("value");
            for (SampleObject group : directory.groups()) {
                for (SampleObject member : directory.directMembers(group.id())) {
                    json.writeStartObject();
                    json.writeStringField("group", group.id());
                    json.writeStringField("member", member.id());
                    json.writeStringField("type", member.kind().typeName());
                    json.writeEndObject();
                }
            }
            json.writeEndArray();
        });
    }

    private SampleResponse faults() {
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("spec", faults.specification());
        ObjectNode fired = answer.putObject("fired");
        faults.fired().forEach(fired::put);
        return SampleResponse.json(200, answer);
    }

    private SampleResponse throttling(JsonNode body) {
        if (body.has("quota")) {
            meter.setQuota(body.path("quota").asInt());
        }
        if (body.has("enabled")) {
            meter.setEnabled(body.path("enabled").asBoolean());
        }
        return SampleResponse.empty(204);
    }

    private SampleResponse log() {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        for (RequestLog.Part part : RequestLog.Part.values()) {
            answer.put(part.name().toLowerCase(java.util.Locale.ROOT), log.count(part));
        }
        ArrayNode requests = answer.putArray("requests");
        List<RequestLog.Entry> entries = log.entries(RequestLog.Part.GRAPH);
        for (RequestLog.Entry e : entries.subList(Math.max(0, entries.size() - SHOWN), entries.size())) {
            requests.addObject().put("method", e.method()).put("path", e.path()).put("query", e.query())
                    .put("status", e.status()).put("bytes", e.bytes());
        }
        return SampleResponse.json(200, answer);
    }
}
