package org.rollcall.sync.plan;

import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import org.rollcall.domain.MirrorPerson;
import org.rollcall.domain.StoredPerson;

/// The sources of a plan for lookups of single people. Ids are in the order of [PlanSources].
public interface PlanLookups {
    void mirrorPeople(List<UUID> ids, Consumer<MirrorPerson> sink);

    Iterator<StoredPerson> people(List<UUID> ids);

    /// Those of the groups that are in the mirror.
    Set<UUID> groupsAmong(Collection<UUID> ids);

    /// People of the tenant with one of these user names, lower-cased.
    List<UUID> holders(Collection<String> names);

    /// Those of these names that are held outside the tenant, see [PlanSources#foreignNames].
    void foreignNames(Collection<String> names, BiConsumer<String, String> sink);

    /// Everybody in the mirror.
    void mirrorIds(Consumer<UUID> sink);

    /// Everybody in the directory, and whether they are present, not removed.
    void personIds(BiConsumer<UUID, Boolean> sink);

    /// The number of people of the tenant in the directory, including removed ones.
    long countPeople();

    /// The number of active people in the scope of the import.
    long countActive();

    /// The number of enabled administrators among the people of the tenant.
    int countAdministrators();
}
