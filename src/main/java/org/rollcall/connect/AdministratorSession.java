package org.rollcall.connect;

import org.jspecify.annotations.Nullable;

import org.rollcall.source.RegistrationPort;
import org.rollcall.source.SignedIn;

/// An Entra administrator who is signed in to register Rollcall. The token is kept in memory only; closing discards it.
public final class AdministratorSession implements AutoCloseable {
    private final TenantPlace place;
    private final SignedIn administrator;
    private final RegistrationPort.Session session;

    AdministratorSession(TenantPlace place, SignedIn administrator, RegistrationPort.Session session) {
        this.place = place;
        this.administrator = administrator;
        this.session = session;
    }

    /// The signed-in person; empty if Entra did not return a name.
    public String userName() {
        return administrator.userName();
    }

    /// GUID of the tenant.
    public @Nullable String tenantId() {
        return administrator.tenantId();
    }

    TenantPlace place() {
        return place;
    }

    SignedIn administrator() {
        return administrator;
    }

    RegistrationPort.Session session() {
        return session;
    }

    @Override
    public void close() {
        session.close();
    }
}
