package org.rollcall.connect;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Cloud;

/// How an administrator registers Rollcall by hand: seven steps in the portal of the tenant's cloud, with the exact values
/// and the blade that each step happens on. Blades whose address needs the client id open the list of registrations until
/// it is known.
public final class PortalGuide {
    private static final String BLADES = "#view/Microsoft_AAD_RegisteredApps/";
    private static final String LIST = BLADES + "ApplicationsListBlade";
    private static final String NEW = BLADES + "CreateApplicationBlade/quickStartType~/null/isMSAApp~/false";

    private final Cloud cloud;
    private final @Nullable String tenant;
    private final @Nullable String clientId;
    private final @Nullable String authorityUrl;

    /// One step.
    ///
    /// @param number from 1
    /// @param title  what is done, in a few words
    /// @param text   how, naming the portal's own words
    /// @param blade  the portal's page
    public record Step(int number, String title, String text, List<Value> values, URI blade) {}

    /// A value to enter.
    ///
    /// @param label    as the portal calls the field
    /// @param copied   worth a Copy button: it is typed, not chosen
    /// @param optional only for what is not always wanted
    public record Value(String label, String value, boolean copied, boolean optional) {
        static Value typed(String label, String value) {
            return new Value(label, value, true, false);
        }

        static Value chosen(String label, String value) {
            return new Value(label, value, false, false);
        }
    }

    private PortalGuide(Cloud cloud, @Nullable String tenant, @Nullable String clientId,
            @Nullable String authorityUrl) {
        this.cloud = cloud;
        this.tenant = tenant;
        this.clientId = clientId;
        this.authorityUrl = authorityUrl;
    }

    /// The steps for a cloud.
    ///
    /// @param tenant       GUID or domain, null while it is not known
    /// @param clientId     of the application, null while there is none
    /// @param authorityUrl login origin of a cloud of its own, otherwise null
    public static List<Step> steps(Cloud cloud, @Nullable String tenant, @Nullable String clientId,
            @Nullable String authorityUrl) {
        return new PortalGuide(cloud, tenant, clientId, authorityUrl).all();
    }

    private List<Step> all() {
        var steps = new ArrayList<Step>();
        add(steps, "Register a new application", "Fill in the form and choose Register.", page(NEW),
                Value.typed("Name", RegistrationService.APPLICATION_NAME),
                Value.chosen("Supported account types", "Accounts in this organizational directory only"),
                Value.chosen("Redirect URI, platform", "Public client/native (mobile & desktop)"),
                Value.typed("Redirect URI", "http://localhost"));
        add(steps, "Copy its two ids", "Both are on the application's Overview. Paste them on the right.",
                blade("Overview"), Value.chosen("Application (client) ID", "goes into Client ID here"),
                Value.chosen("Directory (tenant) ID", "goes into Tenant here"));
        var application = new ArrayList<Value>();
        for (PermissionCatalogue.Use use : PermissionCatalogue.uses()) {
            application.add(new Value(use.purpose(), use.name(), true, !use.needed()));
        }
        add(steps, "Add application permissions",
                "Add a permission, Microsoft Graph, Application permissions. Tick these and choose Add permissions.",
                blade("CallAnAPI"), application.toArray(Value[]::new));
        add(steps, "Add sign-in permissions",
                "Add a permission, Microsoft Graph, Delegated permissions. Tick these and choose Add permissions.",
                blade("CallAnAPI"), Value.typed("Sign in", "openid"), Value.typed("Name and picture", "profile"),
                Value.typed("Stay signed in", "offline_access"), Value.typed("Read the own profile", "User.Read"));
        add(steps, "Grant admin consent",
                "Grant admin consent for the organisation. It takes a Privileged Role Administrator or a Global "
                        + "Administrator; each permission then says Granted.",
                consent());
        add(steps, "Allow sign-in by people",
                "Under Authentication, Settings, switch it on and choose Save.", blade("Authentication"),
                Value.chosen("Allow public client flows", "Yes"));
        add(steps, "Upload a certificate or add a secret",
                "Under Certificates, Upload certificate: choose the .cer file that is made here. With a secret instead: "
                        + "New client secret, and copy the column Value at once, since the portal shows it only once.",
                blade("Credentials"), Value.typed("Description", RegistrationService.APPLICATION_NAME));
        return List.copyOf(steps);
    }

    private static void add(List<Step> steps, String title, String text, URI blade, Value... values) {
        steps.add(new Step(steps.size() + 1, title, text, List.of(values), blade));
    }

    private URI page(String fragment) {
        return URI.create("https://" + cloud.adminCenterHost() + "/" + fragment);
    }

    private URI blade(String name) {
        return page(clientId == null
                ? LIST
                : BLADES + "ApplicationMenuBlade/~/" + name + "/appId/" + clientId + "/isMSAApp~/false");
    }

    /// The documented address for consent, once it can be made; until then the blade with the button.
    private URI consent() {
        String login = cloud == Cloud.CUSTOM ? authorityUrl : "https://" + cloud.loginHost();
        return tenant == null || clientId == null || login == null
                ? blade("CallAnAPI")
                : URI.create(login + "/" + tenant + "/adminconsent?client_id=" + clientId);
    }
}
