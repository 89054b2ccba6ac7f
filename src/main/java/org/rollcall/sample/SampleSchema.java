package org.rollcall.sample;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/// The properties of a kind of object: which are kept, which come without `$select`, and which exist but never have a
/// value here. Source: Microsoft Graph v1.0, resource types `user`, `group` and `directoryObject`.
final class SampleSchema {
    /// Who is registered for MFA and who is Global Administrator is no property of the user in Graph.
    static final String MFA_REGISTERED = "mfaRegistered";
    static final String GLOBAL_ADMINISTRATOR = "globalAdministrator";

    static final SampleSchema USER = new SampleSchema("user",
            List.of("businessPhones", "displayName", "givenName", "id", "jobTitle", "mail", "mobilePhone",
                    "officeLocation", "preferredLanguage", "surname", "userPrincipalName"),
            List.of("accountEnabled", "companyName", "createdDateTime", "deletedDateTime", "department", "employeeId",
                    "externalUserState", "mailNickname", "onPremisesSamAccountName", "onPremisesSyncEnabled",
                    "proxyAddresses", "usageLocation", "userType"),
            List.of("ageGroup", "city", "consentProvidedForMinor", "country", "creationType", "employeeHireDate",
                    "employeeOrgData", "employeeType", "externalUserStateChangeDateTime", "faxNumber",
                    "lastPasswordChangeDateTime", "legalAgeGroupClassification", "onPremisesDistinguishedName",
                    "onPremisesDomainName", "onPremisesExtensionAttributes", "onPremisesImmutableId",
                    "onPremisesLastSyncDateTime", "onPremisesSecurityIdentifier", "onPremisesUserPrincipalName",
                    "passwordPolicies", "postalCode", "preferredDataLocation", "securityIdentifier",
                    "showInAddressList",
                    "signInActivity", "signInSessionsValidFromDateTime", "state", "streetAddress"),
            List.of("businessPhones", "imAddresses", "identities", "onPremisesProvisioningErrors", "otherMails",
                    "proxyAddresses", "assignedLicenses", "assignedPlans"),
            List.of(MFA_REGISTERED, GLOBAL_ADMINISTRATOR));

    static final SampleSchema GROUP = new SampleSchema("group",
            List.of("id", "deletedDateTime", "classification", "createdDateTime", "description",
                    "displayName", "expirationDateTime", "groupTypes", "isAssignableToRole", "mail", "mailEnabled",
                    "mailNickname", "membershipRule", "membershipRuleProcessingState", "onPremisesDomainName",
                    "onPremisesLastSyncDateTime", "onPremisesNetBiosName", "onPremisesSamAccountName",
                    "onPremisesSecurityIdentifier", "onPremisesSyncEnabled", "preferredDataLocation",
                    "preferredLanguage", "proxyAddresses", "renewedDateTime", "resourceBehaviorOptions",
                    "resourceProvisioningOptions", "securityEnabled", "securityIdentifier", "theme", "uniqueName",
                    "visibility", "onPremisesProvisioningErrors", "serviceProvisioningErrors"),
            List.of(),
            List.of("assignedLabels", "assignedLicenses", "licenseProcessingState"),
            List.of("groupTypes", "proxyAddresses", "resourceBehaviorOptions",
                    "resourceProvisioningOptions", "onPremisesProvisioningErrors", "serviceProvisioningErrors",
                    "assignedLabels", "assignedLicenses"),
            List.of());

    /// Devices, service principals and contacts: only as members of groups.
    static final SampleSchema OTHER = new SampleSchema("directoryObject", List.of("id", "deletedDateTime",
            "displayName"), List.of(), List.of(), List.of(), List.of());

    private final String typeName;
    private final Map<String, Integer> slots = new LinkedHashMap<>();
    private final Map<String, String> names = new LinkedHashMap<>();
    private final Set<String> standard;
    private final Set<String> lists;

    private SampleSchema(String typeName, List<String> standard, List<String> more, List<String> neverSet,
            List<String> lists, List<String> internal) {
        this.typeName = typeName;
        this.standard = new LinkedHashSet<>(standard);
        this.lists = Set.copyOf(lists);
        for (List<String> part : List.of(standard, more, neverSet, lists)) {
            part.forEach(name -> names.put(name.toLowerCase(Locale.ROOT), name));
        }
        for (List<String> part : List.of(standard, more, internal)) {
            for (String name : part) {
                if (!name.equals("id")) {
                    slots.putIfAbsent(name, slots.size());
                }
            }
        }
    }

    static SampleSchema of(ObjectKind kind) {
        return switch (kind) {
            case USER -> USER;
            case GROUP -> GROUP;
            case DEVICE, SERVICE_PRINCIPAL, CONTACT -> OTHER;
        };
    }

    /// Graph's name of the type.
    String typeName() {
        return typeName;
    }

    int size() {
        return slots.size();
    }

    /// Where a property's value is kept; -1 for one that never has a value.
    int slot(String property) {
        return slots.getOrDefault(property, -1);
    }

    /// The properties that are kept, `id` not among them.
    Set<String> kept() {
        return slots.keySet();
    }

    boolean isList(String property) {
        return lists.contains(property);
    }

    /// What comes without `$select`.
    Set<String> standard() {
        return standard;
    }

    /// The property's proper spelling, or null if the type has none of that name.
    @Nullable
    String canonical(String name) {
        return names.get(name.toLowerCase(Locale.ROOT));
    }
}
