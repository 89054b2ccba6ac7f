package org.rollcall.sync.plan;

import java.util.Iterator;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import org.rollcall.domain.MirrorGroup;
import org.rollcall.domain.MirrorPerson;
import org.rollcall.domain.StoredGroup;
import org.rollcall.domain.StoredPerson;

/// The sources of a plan. Everything is read in ascending object-id order (bytes, unsigned; memberships by group, then member),
/// each object once, and repeatable.
public interface PlanSources {
    void mirrorPeople(Consumer<MirrorPerson> sink);

    void mirrorGroups(Consumer<MirrorGroup> sink);

    MemberSets members();

    /// Imported people of the tenant, removed ones included.
    Iterator<StoredPerson> people();

    /// Groups of the tenant, removed ones included.
    Iterator<StoredGroup> groups();

    /// User names held outside the tenant: the lower-cased name, and its holder as display text ("a local account"). In any
    /// order.
    void foreignNames(BiConsumer<String, String> sink);

    /// The people of the tenant whom [#mirrorPeople] and [#people] leave out, since they have no changes.
    default Others others() {
        return Others.NOBODY;
    }
}
