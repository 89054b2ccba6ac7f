package org.rollcall.source;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.rollcall.domain.RollcallException;

/// Registers applications in a directory in the name of a person who may do that. Calls wait by themselves until what was
/// made a moment ago is known everywhere.
public interface RegistrationPort {
    Session open(Endpoint endpoint, SignedIn administrator);

    /// Microsoft Graph as this tenant knows it; clouds differ in what they offer.
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

    /// An application that is to be.
    ///
    /// @param tags         marks by which it is found again
    /// @param redirectUris where the browser comes back to, for a public client
    /// @param roles        application permissions that it asks for
    /// @param scopes       delegated permissions that it asks for
    /// @param certificate  DER
    /// @param keyId        what the certificate is to be known by there, a GUID
    @SuppressWarnings("ArrayRecordComponent")
    record NewApplication(String displayName, List<String> tags, List<String> redirectUris, Set<String> roles,
            Set<String> scopes, byte[] certificate, String certificateName, String keyId) {}

    /// An application that is there.
    ///
    /// @param objectId of the registration
    /// @param clientId by which it signs in
    record Application(String objectId, String clientId, String displayName, Set<String> tags) {}

    /// What an application's service principal has been granted on Graph.
    ///
    /// @param principalId of the service principal
    /// @param roles       assignment ids by the id of the application permission
    record Grants(String principalId, Map<String, String> roles) {}

    /// One administrator's work. All methods throw [RollcallException]: REFUSED `registration.rights` where the person may
    /// not do that, OFFLINE, THROTTLED.
    interface Session extends AutoCloseable {
        Graph graph(CallControl control);

        /// Applications of that name.
        List<Application> named(String displayName, CallControl control);

        Optional<Application> byClientId(String clientId, CallControl control);

        Application create(NewApplication application, Graph graph, CallControl control);

        /// Adds what is missing to what the application asks for, and opens it for sign-in by people.
        void complete(Application application, Set<String> roles, Set<String> scopes, List<String> redirectUris,
                Graph graph, CallControl control);

        /// The service principal with what it has; it is made if there is none.
        Grants principal(Application application, Graph graph, CallControl control);

        /// @return the assignment's id
        String assign(Grants principal, Graph graph, String roleId, CallControl control);

        void unassign(Grants principal, String assignmentId, CallControl control);

        /// Consents for everybody to delegated permissions, besides those that have been consented to.
        void consent(Grants principal, Graph graph, Set<String> scopes, CallControl control);

        /// Adds a certificate to those that are there.
        ///
        /// @param certificate DER
        /// @return its key id
        String addCertificate(Application application, byte[] certificate, String name, CallControl control);

        void removeCertificate(Application application, String keyId, CallControl control);

        /// Deletes the application with its service principal; one that is gone is no error.
        void delete(Application application, CallControl control);

        /// Forgets the administrator's token.
        @Override
        void close();
    }
}
