package org.rollcall.sample;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/// Graph's endpoints by which an application is registered and gets its permissions: `applications`,
/// `servicePrincipals`, `oauth2PermissionGrants`. Objects are addressed by id or, as `applications(appId='...')`, by client
/// id.
final class RegistrationEndpoints {
    private static final Pattern PATH = Pattern.compile(
            "/v1\\.0/(applications|servicePrincipals|oauth2PermissionGrants)(?:\\(appId='([^']*)'\\)|/([^/]+))?"
                    + "(?:/(?:microsoft\\.graph\\.)?([A-Za-z0-9]+)(?:/([^/]+))?)?/?");

    /// A path taken apart.
    ///
    /// @param appId client id if that is how the object is addressed
    /// @param id object id if that is how the object is addressed
    /// @param action what follows the object, such as `addPassword` or `appRoleAssignments`
    /// @param subId id within `action`
    record Target(SampleRequest request, String path, @Nullable String appId, @Nullable String id,
            @Nullable String action, @Nullable String subId) {

        boolean isCollection() {
            return appId == null && id == null;
        }

        boolean is(String method) {
            return request.method().equalsIgnoreCase(method);
        }

        /// How the caller named the object, for error texts.
        String name() {
            return appId != null ? appId : String.valueOf(id);
        }

        JsonNode body() {
            JsonNode body;
            try {
                body = request.json();
            } catch (RuntimeException e) {
                throw unreadable();
            }
            if (!body.isObject()) {
                throw unreadable();
            }
            return body;
        }

        private static GraphFault unreadable() {
            return new GraphFault(400, "BadRequest", "Unable to read JSON request payload.");
        }

        GraphFault unknown() {
            return new GraphFault(400, "Request_BadRequest",
                    "Resource not found for the segment '" + (action == null ? "" : action) + "'.");
        }

        GraphFault wrongMethod() {
            return new GraphFault(405, "Request_BadRequest", "Specified HTTP method is not allowed for the request.");
        }
    }

    private final ApplicationEndpoints applications;
    private final PrincipalEndpoints principals;
    private final GrantEndpoints grants;

    RegistrationEndpoints(SampleIdentity.Settings settings, AppRegistry apps, RegistrationRights rights,
            ReplicationDelay delay, IdentityPolicies policies, SamplePeople people, Clock clock) {
        applications = new ApplicationEndpoints(settings, apps, rights, delay, policies, clock);
        grants = new GrantEndpoints(settings, apps, rights, people);
        principals = new PrincipalEndpoints(settings, apps, rights, delay, people, clock, grants);
    }

    /// @return null if the path is none of these
    @Nullable
    SampleResponse handle(String path, SampleRequest request, Caller caller) {
        Matcher match = PATH.matcher(path);
        if (!match.matches()) {
            return null;
        }
        var target = new Target(request, path, match.group(2), match.group(3), match.group(4), match.group(5));
        return switch (match.group(1)) {
            case "applications" -> applications.handle(target, caller);
            case "servicePrincipals" -> principals.handle(target, caller);
            default -> grants.handle(target, caller);
        };
    }

    /// The collection that the first page of an object's children comes from, as `@odata.context` names it.
    static String childContext(String collection, Target target, String child) {
        return collection + "('" + target.name() + "')/" + child;
    }

    static <T> T found(Optional<T> object, Target target) {
        return object.orElseThrow(() -> RegistrationJson.notFound(target.name()));
    }

    static List<String> words(String text) {
        return java.util.Arrays.stream(text.strip().split("\\s+", -1)).filter(w -> !w.isEmpty()).toList();
    }
}
