package org.rollcall.sample;

import java.time.Clock;
import java.util.Locale;
import java.util.UUID;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/// Everything under `/v1.0`, and of `/beta` the per-user MFA state: who calls, what it costs, which endpoint answers, and
/// the headers that every answer carries.
final class GraphEndpoints {
    private final SampleIdentity identity;
    private final SampleDirectory directory;
    private final SampleFaults faults;
    private final SpoiledAnswers spoiled;
    private final ThrottleMeter meter;
    private final DirectoryEndpoints objects;
    private final DeltaEndpoints delta;
    private final TenantEndpoints tenant;
    private final BatchEndpoint batch;

    GraphEndpoints(SampleIdentity identity, SampleDirectory directory, SampleFaults faults, ThrottleMeter meter,
            Clock clock, String tenantId) {
        this.identity = identity;
        this.directory = directory;
        this.faults = faults;
        spoiled = new SpoiledAnswers(faults);
        this.meter = meter;
        var tokens = new PageTokens(clock);
        var shaper = new PageShaper(faults);
        objects = new DirectoryEndpoints(directory, new CollectionPages(directory, tokens, shaper, faults));
        delta = new DeltaEndpoints(directory, tokens, shaper, faults);
        tenant = new TenantEndpoints(directory, objects, tokens, clock, tenantId);
        batch = new BatchEndpoint(faults);
    }

    static boolean isGraph(String path) {
        return path.startsWith("/v1.0/") || path.startsWith("/beta/");
    }

    /// @param origin scheme, host and port as the client addressed them
    Delivery handle(SampleRequest request, String origin) {
        String id = UUID.randomUUID().toString();
        String sent = request.header("client-request-id");
        directory.emptyRecycleBin();
        SampleResponse answer;
        try {
            answer = faults.refusal(request.path());
            if (answer == null) {
                Caller caller = identity.authenticate(request);
                answer = answer(GraphCall.of(request, caller, origin, false));
            }
        } catch (GraphFault fault) {
            answer = GraphErrors.render(fault, id, sent);
        }
        answer = answer.with("request-id", id).with("client-request-id", sent == null ? id : sent)
                .with("OData-Version", "4.0").with("Cache-Control", "no-cache")
                .with("x-ms-ags-diagnostic",
                        "{\"ServerInfo\":{\"DataCenter\":\"Sample\",\"Slice\":\"E\",\"Ring\":\"1\","
                                + "\"ScaleUnit\":\"001\",\"RoleInstance\":\"SAMPLE0001\"}}");
        return faults.deliver(answer, request.path());
    }

    private SampleResponse answer(GraphCall call) {
        if (call.segment(0).equals("$batch") && call.is("POST")) {
            return batch.answer(call, request -> inner(call, request));
        }
        int units = ThrottleMeter.cost(call);
        Double share = meter.charge(call, units);
        SampleResponse answer = spoiled.ofGraph(route(call), call.request().path()).with("x-ms-resource-unit",
                Integer.toString(units));
        return share == null
                ? answer
                : answer.with("x-ms-throttle-limit-percentage", String.format(Locale.ROOT, "%.1f", share));
    }

    private SampleResponse inner(GraphCall outer, SampleRequest request) {
        try {
            return answer(GraphCall.of(request, outer.caller(), outer.origin(), true));
        } catch (GraphFault fault) {
            return GraphErrors.render(fault, null, null);
        }
    }

    private SampleResponse route(GraphCall call) {
        if (call.version().equals("beta")) {
            return beta(call);
        }
        SampleResponse registration = identity.handleRegistration(call.request(), call.caller());
        if (registration != null) {
            return registration;
        }
        return switch (call.segment(0)) {
            case "users" -> objects(call, ObjectKind.USER);
            case "groups" -> objects(call, ObjectKind.GROUP);
            case "me" -> me(call);
            case "organization" -> get(call, tenant.organization(call));
            case "domains" -> get(call, tenant.domains(call));
            case "subscribedSkus" -> get(call, tenant.licences(call));
            case "reports" -> call.segment(1).equals("authenticationMethods")
                    && call.segment(2).equals("userRegistrationDetails") && call.path().size() == 3
                            ? get(call, registrationReport(call))
                            : unknown(call);
            case "directory" -> call.segment(1).equals("deletedItems") && call.path().size() == 3
                    ? get(call, objects.deletedItems(call))
                    : unknown(call);
            case "directoryObjects" -> call.segment(1).endsWith("getByIds") && call.is("POST")
                    ? objects.byIds(call)
                    : unknown(call);
            default -> unknown(call);
        };
    }

    private SampleResponse registrationReport(GraphCall call) {
        String path = call.request().path();
        if (faults.fires(SampleFaults.Fault.MFA_REFUSED, path).isPresent()) {
            throw new GraphFault(403, "Authentication_RequestFromNonPremiumTenantOrB2CTenant",
                    "Neither tenant is B2C or tenant doesn't have premium license");
        }
        return tenant.registrationReport(call, faults.fires(SampleFaults.Fault.MFA_UNDECIDED, path).isPresent());
    }

    private SampleResponse beta(GraphCall call) {
        return call.segment(0).equals("users") && call.segment(2).equals("authentication")
                && call.segment(3).equals("requirements")
                        ? get(call, tenant.authenticationRequirements(call, call.segment(1)))
                        : unknown(call);
    }

    private SampleResponse objects(GraphCall call, ObjectKind kind) {
        String name = call.segment(1);
        String relation = call.segment(2);
        if (call.is("POST") && kind == ObjectKind.USER) {
            return memberGroups(call, name, relation);
        }
        requireGet(call);
        if (name.isEmpty()) {
            return objects.list(call, kind);
        }
        if (name.equals("$count") && relation.isEmpty()) {
            return objects.count(call, kind);
        }
        if (DeltaEndpoints.isDelta(name) && relation.isEmpty()) {
            return delta.answer(call, kind);
        }
        if (relation.isEmpty()) {
            return objects.single(call, kind, name, DirectoryEndpoints.permission(kind));
        }
        if (kind == ObjectKind.USER) {
            return ofUser(call, name, relation);
        }
        if (relation.equals("owners")) {
            GraphPermissions.MEMBERS.require(call.caller());
            return noOwners(call, name);
        }
        if (!DirectoryEndpoints.isRelation(relation)) {
            return unknown(call);
        }
        (relation.endsWith("embers") ? GraphPermissions.MEMBERS : GraphPermissions.GROUPS_OF_GROUP)
                .require(call.caller());
        return objects.related(call, kind, name, relation);
    }

    private SampleResponse ofUser(GraphCall call, String name, String relation) {
        return switch (relation) {
            case "memberOf" -> {
                GraphPermissions.DIRECT_GROUPS_OF_USER.require(call.caller());
                yield objects.related(call, ObjectKind.USER, name, relation);
            }
            case "transitiveMemberOf" -> {
                GraphPermissions.GROUPS_OF_USER.require(call.caller());
                yield objects.related(call, ObjectKind.USER, name, relation);
            }
            case "authentication" -> call.segment(3).equals("methods")
                    ? tenant.authenticationMethods(call, name)
                    : unknown(call);
            case "manager" -> throw DirectoryEndpoints.missing("manager");
            default -> unknown(call);
        };
    }

    private SampleResponse memberGroups(GraphCall call, String user, String action) {
        boolean check = action.endsWith("checkMemberGroups");
        return check || action.endsWith("getMemberGroups") || action.endsWith("getMemberObjects")
                ? objects.memberGroups(call, user, check)
                : unknown(call);
    }

    private SampleResponse me(GraphCall call) {
        String self = call.caller().objectId();
        if (call.caller().appOnly() || self == null) {
            throw new GraphFault(400, "BadRequest", "/me request is only valid with delegated authentication flow.");
        }
        GraphPermissions.ME.require(call.caller());
        String relation = call.segment(1);
        if (relation.isEmpty()) {
            requireGet(call);
            return objects.single(call, ObjectKind.USER, self, GraphPermissions.ME);
        }
        if (call.is("POST")) {
            return memberGroups(call, self, relation);
        }
        return relation.endsWith("emberOf") ? objects.related(call, ObjectKind.USER, self, relation) : unknown(call);
    }

    private SampleResponse noOwners(GraphCall call, String group) {
        objects.find(ObjectKind.GROUP, group);
        if (call.path().getLast().equals("$count")) {
            DirectoryEndpoints.requireEventual(call);
            return DirectoryEndpoints.number(0);
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("@odata.context",
                call.context("directoryObjects"));
        answer.putArray("value");
        return GraphJson.tree(200, answer);
    }

    private static SampleResponse get(GraphCall call, SampleResponse answer) {
        requireGet(call);
        return answer;
    }

    private static void requireGet(GraphCall call) {
        if (!call.is("GET")) {
            throw new GraphFault(405, "Request_BadRequest", "Specified HTTP method is not allowed for the request.");
        }
    }

    private static SampleResponse unknown(GraphCall call) {
        throw new GraphFault(400, "Request_BadRequest",
                "Resource not found for the segment '" + (call.path().isEmpty() ? "" : call.path().getLast()) + "'.");
    }

    /// The origin that the client addressed, so that links lead back there.
    static String origin(SampleRequest request, String otherwise) {
        @Nullable
        String host = request.header("Host");
        return host == null ? otherwise : "https://" + host;
    }
}
