package org.rollcall.sample;

import java.util.Optional;

/// The people of the sample tenant, as sign-in needs to know them.
public interface SamplePeople {
    /// Finds by user principal name, without regard to case.
    Optional<Person> byUserName(String userPrincipalName);

    /// Finds by object id; deleted people are not found.
    Optional<Person> byObjectId(String id);

    /// One person, as of now.
    record Person(String objectId, String userPrincipalName, String displayName, boolean enabled, boolean guest,
            boolean mfaRegistered, boolean globalAdministrator) {}
}
