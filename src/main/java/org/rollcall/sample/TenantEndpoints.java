package org.rollcall.sample;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.rollcall.sample.PageTokens.BadToken;

/// What concerns the tenant as a whole and how its people prove themselves: organization, domains, licences, the MFA
/// registration report, a person's methods and the per-user MFA state (beta).
final class TenantEndpoints {
    private static final int REPORT_PAGE = 999;
    private static final String PURPOSE = "report";
    /// Reports tell seven digits of the second.
    private static final DateTimeFormatter FINE = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSS'Z'")
            .withZone(ZoneOffset.UTC);

    private final SampleDirectory directory;
    private final DirectoryEndpoints objects;
    private final PageTokens tokens;
    private final Clock clock;
    private final String tenantId;

    TenantEndpoints(SampleDirectory directory, DirectoryEndpoints objects, PageTokens tokens, Clock clock,
            String tenantId) {
        this.directory = directory;
        this.objects = objects;
        this.tokens = tokens;
        this.clock = clock;
        this.tenantId = tenantId;
    }

    SampleResponse organization(GraphCall call) {
        GraphPermissions.ORGANIZATION.require(call.caller());
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("id", tenantId).putNull("deletedDateTime").put("displayName", directory.domain().organization())
                .put("city", "Berlin").put("countryLetterCode", "DE").put("country", "Germany")
                .put("createdDateTime", "2016-03-01T08:00:00Z").put("preferredLanguage", "en").putNull("state")
                .putNull("street").putNull("postalCode").putNull("onPremisesLastSyncDateTime")
                .put("onPremisesSyncEnabled", true).put("tenantType", "AAD");
        node.putArray("businessPhones");
        node.putArray("technicalNotificationMails").add("it@" + directory.domain().name());
        node.putArray("marketingNotificationEmails");
        node.putArray("securityComplianceNotificationMails");
        node.putArray("securityComplianceNotificationPhones");
        node.putArray("assignedPlans");
        node.putArray("provisionedPlans");
        var domains = node.putArray("verifiedDomains");
        domains.addObject().put("capabilities", "Email, OfficeCommunicationsOnline").put("isDefault", true)
                .put("isInitial", false).put("name", directory.domain().name()).put("type", "Managed");
        domains.addObject().put("capabilities", "Email, OfficeCommunicationsOnline").put("isDefault", false)
                .put("isInitial", true).put("name", directory.domain().initialName()).put("type", "Managed");
        String select = call.query("$select");
        if (select != null) {
            node.retain(List.of(select.split(",", -1)));
        }
        if (!call.segment(1).isEmpty()) {
            if (!call.segment(1).equalsIgnoreCase(tenantId)) {
                throw DirectoryEndpoints.missing(call.segment(1));
            }
            ObjectNode single = JsonNodeFactory.instance.objectNode().put("@odata.context",
                    call.context("organization/$entity"));
            return GraphJson.tree(200, single.setAll(node));
        }
        ObjectNode answer = collection(call, "organization");
        answer.withArray("value").add(node);
        return GraphJson.tree(200, answer);
    }

    SampleResponse domains(GraphCall call) {
        GraphPermissions.DOMAINS.require(call.caller());
        ObjectNode answer = collection(call, "domains");
        for (String name : List.of(directory.domain().name(), directory.domain().initialName())) {
            boolean initial = name.equals(directory.domain().initialName());
            ObjectNode domain = answer.withArray("value").addObject();
            domain.put("id", name).put("authenticationType", "Managed").putNull("availabilityStatus")
                    .put("isAdminManaged", true).put("isDefault", !initial).put("isInitial", initial)
                    .put("isRoot", true).put("isVerified", true).putNull("passwordNotificationWindowInDays")
                    .putNull("passwordValidityPeriodInDays");
            domain.putArray("supportedServices").add("Email");
        }
        return GraphJson.tree(200, answer);
    }

    SampleResponse licences(GraphCall call) {
        GraphPermissions.ORGANIZATION.require(call.caller());
        ObjectNode answer = collection(call, "subscribedSkus");
        ObjectNode sku = answer.withArray("value").addObject();
        sku.put("id", tenantId + "_84a661c4-e949-4bd2-a560-ed7766fcaf2b").put("accountId", tenantId)
                .put("accountName", directory.domain().organization()).put("appliesTo", "User")
                .put("capabilityStatus", "Enabled").put("consumedUnits", directory.userCount())
                .put("skuId", "84a661c4-e949-4bd2-a560-ed7766fcaf2b").put("skuPartNumber", "AAD_PREMIUM_P2");
        sku.putObject("prepaidUnits").put("enabled", directory.userCount() + 10).put("lockedOut", 0)
                .put("suspended", 0).put("warning", 0);
        sku.putArray("servicePlans");
        sku.putArray("subscriptionIds");
        return GraphJson.tree(200, answer);
    }

    private static ObjectNode collection(GraphCall call, String name) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("@odata.context", call.context(name));
        node.putArray("value");
        return node;
    }

    /// The registration report; disabled people are not in it.
    ///
    /// @param undecided says of nobody whether they are registered
    SampleResponse registrationReport(GraphCall call, boolean undecided) {
        GraphPermissions.REGISTRATION_REPORT.require(call.caller());
        String token = call.query("$skiptoken");
        int after = token == null ? -1 : place(token);
        var found = new ArrayList<SampleObject>();
        directory.read(state -> {
            for (int ref = state.next(ObjectKind.USER, after); ref >= 0
                    && found.size() <= REPORT_PAGE; ref = state.next(ObjectKind.USER, ref)) {
                SampleObject person = state.object(ref);
                if (person != null && person.flag("accountEnabled")) {
                    found.add(person);
                }
            }
            return true;
        });
        boolean more = found.size() > REPORT_PAGE;
        List<SampleObject> page = more ? found.subList(0, REPORT_PAGE) : found;
        String next = more
                ? call.continued(tokens.issue(PURPOSE, List.of(Integer.toString(page.getLast().ref()))))
                : null;
        String updated = FINE.format(clock.instant().minus(Duration.ofHours(6)));
        return GraphJson.object(200, json -> {
            json.writeStringField("@odata.context",
                    call.context("reports/authenticationMethods/userRegistrationDetails"));
            if (next != null) {
                json.writeStringField("@odata.nextLink", next);
            }
            json.writeArrayFieldStart("value");
            for (SampleObject person : page) {
                ObjectNode line = registration(person, updated);
                if (undecided) {
                    line.set("isMfaRegistered", person.ref() % 2 == 0
                            ? JsonNodeFactory.instance.nullNode()
                            : JsonNodeFactory.instance.textNode("true"));
                }
                json.writeObject(line);
            }
            json.writeEndArray();
        });
    }

    private int place(String token) {
        try {
            return Integer.parseInt(tokens.read(PURPOSE, token, Duration.ofDays(1)).getFirst());
        } catch (BadToken e) {
            throw CollectionPages.expired();
        }
    }

    private static ObjectNode registration(SampleObject person, String updated) {
        boolean registered = person.flag(SampleSchema.MFA_REGISTERED);
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("id", person.id()).put("userPrincipalName", person.userPrincipalName())
                .put("userDisplayName", person.displayName())
                .put("userType", "Guest".equals(person.get("userType")) ? "guest" : "member")
                .put("isAdmin", person.flag(SampleSchema.GLOBAL_ADMINISTRATOR)).put("isSsprRegistered", registered)
                .put("isSsprEnabled", true).put("isSsprCapable", registered).put("isMfaRegistered", registered)
                .put("isMfaCapable", registered).put("isPasswordlessCapable", false)
                .put("isSystemPreferredAuthenticationMethodEnabled", false)
                .put("userPreferredMethodForSecondaryAuthentication", registered ? "push" : "none")
                .put("lastUpdatedDateTime", updated);
        var methods = node.putArray("methodsRegistered");
        if (registered) {
            methods.add("microsoftAuthenticatorPush").add("softwareOneTimePasscode");
        }
        node.putArray("systemPreferredAuthenticationMethods");
        return node;
    }

    SampleResponse authenticationMethods(GraphCall call, String user) {
        GraphPermissions.AUTHENTICATION_METHODS.require(call.caller());
        SampleObject person = objects.find(ObjectKind.USER, user);
        ObjectNode answer = collection(call, "users('" + person.id() + "')/authentication/methods");
        Object created = person.get("createdDateTime");
        answer.withArray("value").addObject().put("@odata.type", "#microsoft.graph.passwordAuthenticationMethod")
                .put("id", "28c10230-6103-485e-b985-444c60001490").putNull("password")
                .put("createdDateTime", created instanceof Instant i ? i.toString() : null);
        if (person.flag(SampleSchema.MFA_REGISTERED)) {
            answer.withArray("value").addObject()
                    .put("@odata.type", "#microsoft.graph.microsoftAuthenticatorAuthenticationMethod")
                    .put("id", person.id()).put("displayName", "Phone").put("deviceTag", "SoftwareTokenActivated")
                    .put("phoneAppVersion", "6.2406.4052")
                    .put("createdDateTime", created instanceof Instant i ? i.toString() : null);
        }
        return GraphJson.tree(200, answer);
    }

    /// Beta only: no published metadata of v1.0 has it.
    SampleResponse authenticationRequirements(GraphCall call, String user) {
        GraphPermissions.AUTHENTICATION_REQUIREMENTS.require(call.caller());
        SampleObject person = objects.find(ObjectKind.USER, user);
        return GraphJson.tree(200, JsonNodeFactory.instance.objectNode()
                .put("@odata.context", call.context("users('" + person.id() + "')/authentication/requirements"))
                .put("perUserMfaState", person.flag(SampleSchema.MFA_REGISTERED) ? "enforced" : "disabled"));
    }
}
