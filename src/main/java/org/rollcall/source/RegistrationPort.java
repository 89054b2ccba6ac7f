package org.rollcall.source;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.rollcall.domain.RollcallException;

/// Registers applications in a directory on behalf of an authorized person. Calls wait until new objects have been replicated.
public interface RegistrationPort {
    Session open(Endpoint endpoint, SignedIn administrator);

    /// Microsoft Graph as this tenant knows it; clouds differ in the permissions they offer.
    ///
    /// @param principalId object id of its service principal
    /// @param roles       ids of application permissions by name
    /// @param scopes      ids of delegated permissions by name
    record Graph(String principalId, Map<String, String> roles, Map<String, String> scopes) {
        public Graph {
            roles = Map.copyOf(roles);
            scopes = Map.copyOf(scopes);
        }
    }

    /// An application to register.
    ///
    /// @param tags         by which it is found again
    /// @param redirectUris where the browser returns to, for a public client
    /// @param roles        requested application permissions
    /// @param scopes       requested delegated permissions
    /// @param certificate  DER
    /// @param keyId        the key id to register the certificate under, a GUID
    @SuppressWarnings("ArrayRecordComponent")
    record NewApplication(String displayName, List<String> tags, List<String> redirectUris, Set<String> roles,
            Set<String> scopes, byte[] certificate, String certificateName, String keyId) {}

    /// A registered application.
    ///
    /// @param objectId of the registration
    /// @param clientId the id it signs in with
    record Application(String objectId, String clientId, String displayName, Set<String> tags) {}

    /// The permissions on Graph that were granted to an application's service principal.
    ///
    /// @param principalId of the service principal
    /// @param roles       assignment ids by the id of the application permission
    record Grants(String principalId, Map<String, String> roles) {}

    /// The registration work of one administrator. All methods throw [RollcallException]: REFUSED `registration.rights` if the
    /// person lacks the permission, OFFLINE, THROTTLED.
    interface Session extends AutoCloseable {
        Graph graph(CallControl control);

        /// Applications with that name.
        List<Application> named(String displayName, CallControl control);

        Optional<Application> byClientId(String clientId, CallControl control);

        Application create(NewApplication application, Graph graph, CallControl control);

        /// Adds missing permissions to the application's request, and enables sign-in by people.
        void complete(Application application, Set<String> roles, Set<String> scopes, List<String> redirectUris,
                Graph graph, CallControl control);

        /// The service principal with its grants; created if missing.
        Grants principal(Application application, Graph graph, CallControl control);

        /// @return the assignment's id
        String assign(Grants principal, Graph graph, String roleId, CallControl control);

        void unassign(Grants principal, String assignmentId, CallControl control);

        /// Consents to delegated permissions for everybody, in addition to existing consent.
        void consent(Grants principal, Graph graph, Set<String> scopes, CallControl control);

        /// Adds a certificate to the existing ones.
        ///
        /// @param certificate DER
        /// @return its key id
        String addCertificate(Application application, byte[] certificate, String name, CallControl control);

        void removeCertificate(Application application, String keyId, CallControl control);

        /// Deletes the application with its service principal; a missing one is no error.
        void delete(Application application, CallControl control);

        /// Discards the administrator's token.
        @Override
        void close();
    }
}
