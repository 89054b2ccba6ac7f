package org.rollcall.sync;

import org.rollcall.domain.Tenant;
import org.rollcall.source.DirectoryReader;

/// How an import gets at a tenant's directory without knowing how one signs in there.
public interface TenantReaders {
    DirectoryReader open(Tenant tenant);

    /// After a read, while the reader is open: time to keep what the directory renewed.
    default void finished(Tenant tenant, DirectoryReader reader) {}
}
