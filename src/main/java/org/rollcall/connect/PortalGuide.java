package org.rollcall.connect;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Cloud;
import org.rollcall.text.Words;

/// The manual registration of Rollcall: seven steps in the portal of the tenant's cloud, with the exact values and the page of
/// each step. Pages whose address needs the client id open the list of registrations until it is known.
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
    /// @param title  the task in a few words
    /// @param text   the instructions, with the portal's own labels
    /// @param blade  the page of the portal
    public record Step(int number, String title, String text, List<Value> values, URI blade) {}

    /// A value to enter.
    ///
    /// @param label    the label of the field in the portal
    /// @param copied   whether it is typed and so gets a Copy button, not chosen
    /// @param optional not always needed
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
    /// @param tenant       GUID or domain, null while unknown
    /// @param clientId     of the application, null while unknown
    /// @param authorityUrl login origin of a custom cloud, otherwise null
    public static List<Step> steps(Cloud cloud, @Nullable String tenant, @Nullable String clientId,
            @Nullable String authorityUrl) {
        return new PortalGuide(cloud, tenant, clientId, authorityUrl).all();
    }

    private List<Step> all() {
        var steps = new ArrayList<Step>();
        add(steps, Words.of("connect.portalGuide.registerANewApplication").shown(),
                Words.of("connect.portalGuide.fillInTheFormAnd").shown(), page(NEW),
                Value.typed("Name", RegistrationService.APPLICATION_NAME),
                Value.chosen(Words.of("connect.portalGuide.supportedAccountTypes").shown(),
                        Words.of("connect.portalGuide.accountsInThisOrganizationalDirectory").shown()),
                Value.chosen(Words.of("connect.portalGuide.redirectUriPlatform").shown(),
                        Words.of("connect.portalGuide.publicClientNativeMobileDesktop").shown()),
                Value.typed(Words.of("connect.portalGuide.redirectUri").shown(), "http://localhost"));
        add(steps, Words.of("connect.portalGuide.copyItsTwoIds").shown(),
                Words.of("connect.portalGuide.bothAreOnTheApplications").shown(),
                blade("Overview"),
                Value.chosen("Application (client) ID", Words.of("connect.portalGuide.goesIntoClientIdHere").shown()),
                Value.chosen("Directory (tenant) ID", Words.of("connect.portalGuide.goesIntoTenantHere").shown()));
        var application = new ArrayList<Value>();
        for (PermissionCatalogue.Use use : PermissionCatalogue.uses()) {
            application.add(new Value(Words.recalled(use.purpose()).shown(), use.name(), true, !use.needed()));
        }
        add(steps, Words.of("connect.portalGuide.addApplicationPermissions").shown(),
                Words.of("connect.portalGuide.addAPermissionMicrosoftGraph").shown(),
                blade("CallAnAPI"), application.toArray(Value[]::new));
        add(steps, Words.of("connect.portalGuide.addSignInPermissions").shown(),
                Words.of("connect.portalGuide.addAPermissionMicrosoftGraph2").shown(),
                blade("CallAnAPI"), Value.typed(Words.of("connect.portalGuide.signIn").shown(), "openid"),
                Value.typed(Words.of("connect.portalGuide.nameAndPicture").shown(), "profile"),
                Value.typed(Words.of("connect.portalGuide.staySignedIn").shown(), "offline_access"),
                Value.typed(Words.of("connect.portalGuide.readTheOwnProfile").shown(), "User.Read"));
        add(steps, Words.of("connect.portalGuide.grantAdminConsent").shown(),
                Words.of("connect.portalGuide.grantAdminConsentForThe").shown(),
                consent());
        add(steps, Words.of("connect.portalGuide.allowSignInByPeople").shown(),
                Words.of("connect.portalGuide.underAuthenticationSettingsSwitchIt").shown(), blade("Authentication"),
                Value.chosen(Words.of("connect.portalGuide.allowPublicClientFlows").shown(), "Yes"));
        add(steps, Words.of("connect.portalGuide.uploadACertificateOrAdd").shown(),
                Words.of("connect.portalGuide.underCertificatesUploadCertificateChoose").shown(),
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

    /// The documented address for consent, once it is known; until then the page with the button.
    private URI consent() {
        String login = cloud == Cloud.CUSTOM ? authorityUrl : "https://" + cloud.loginHost();
        return tenant == null || clientId == null || login == null
                ? blade("CallAnAPI")
                : URI.create(login + "/" + tenant + "/adminconsent?client_id=" + clientId);
    }
}
