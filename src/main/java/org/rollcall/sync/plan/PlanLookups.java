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

/// The sources of a plan as far as single people are looked up in them. Ids come and go in the order of [PlanSources].
public interface PlanLookups {
    void mirrorPeople(List<UUID> ids, Consumer<MirrorPerson> sink);

    Iterator<StoredPerson> people(List<UUID> ids);

    /// Those of the groups that are in the mirror.
    Set<UUID> groupsAmong(Collection<UUID> ids);

    /// People of the tenant who hold one of these user names, lower-cased.
    List<UUID> holders(Collection<String> names);

    /// Those of these names that are held outside the tenant, as [PlanSources#foreignNames].
    void foreignNames(Collection<String> names, BiConsumer<String, String> sink);

    /// Everybody in the mirror.
    void mirrorIds(Consumer<UUID> sink);

    /// Everybody in the directory, and whether they are present: removed people are not.
    void personIds(BiConsumer<UUID, Boolean> sink);

    /// How many people the directory has of the tenant, removed ones included.
    long countPeople();

    /// How many active people the profile has brought in.
    long countActive();

    /// How many enabled administrators are among the people of the tenant.
    int countAdministrators();
}
