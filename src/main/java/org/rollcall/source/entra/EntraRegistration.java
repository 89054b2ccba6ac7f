package org.rollcall.source.entra;

import java.time.Clock;

import org.rollcall.source.Endpoint;
import org.rollcall.source.RegistrationPort;
import org.rollcall.source.SignedIn;

/// Registers applications in Entra through Microsoft Graph v1.0.
public final class EntraRegistration implements RegistrationPort {
    private final Clock clock;

    public EntraRegistration(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Session open(Endpoint endpoint, SignedIn administrator) {
        String host = new GraphAddresses(endpoint.graphUrl()).host();
        return Edge.around(Session.class, Edge.call(host,
                () -> new RegistrationSession(new AdministratorCalls(endpoint, administrator.accessToken(), clock))),
                host);
    }
}
