package org.rollcall.sync;

import org.rollcall.domain.Tenant;
import org.rollcall.source.DirectoryReader;

/// Opens a reader for a tenant's directory, whatever the credential.
public interface TenantReaders {
    DirectoryReader open(Tenant tenant);

    /// Called after a read, while the reader is open, to store renewed credentials.
    default void finished(Tenant tenant, DirectoryReader reader) {}
}
