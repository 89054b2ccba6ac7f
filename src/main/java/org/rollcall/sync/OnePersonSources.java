package org.rollcall.sync;

import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.MemberType;
import org.rollcall.domain.Membership;
import org.rollcall.domain.MirrorGroup;
import org.rollcall.domain.MirrorPerson;
import org.rollcall.domain.ProfileConfig;
import org.rollcall.domain.SearchKeys;
import org.rollcall.domain.StoredGroup;
import org.rollcall.domain.StoredPerson;
import org.rollcall.sync.plan.ListedMembers;
import org.rollcall.sync.plan.MemberSets;
import org.rollcall.sync.plan.PlanSources;

/// The stored tenant with one person replaced by their present state in Entra, in the groups that Entra reports now. The
/// nesting of groups is that of the last read.
///
/// @param seen   null: Entra has no such person
/// @param directly groups that have the person as a direct member
record OnePersonSources(StoredSources all, ProfileConfig.Mapping mapping, @Nullable MirrorPerson seen,
        StoredPerson stored, Collection<UUID> directly) implements PlanSources {
    @Override
    public void mirrorPeople(Consumer<MirrorPerson> sink) {
        if (seen != null) {
            sink.accept(seen);
        }
    }

    @Override
    public void mirrorGroups(Consumer<MirrorGroup> sink) {
        all.mirrorGroups(sink);
    }

    @Override
    public MemberSets members() {
        List<Membership> seenIn = Stream.concat(
                all.mirrors().nesting(all.mirrorId()).stream().filter(each -> !each.member().equals(stored.id())),
                directly.stream().map(group -> new Membership(group, stored.id(), MemberType.USER))).toList();
        return new ListedMembers(seenIn, all.directory().memberships(all.tenantId(), stored.id()));
    }

    @Override
    public Iterator<StoredPerson> people() {
        return List.of(stored).iterator();
    }

    @Override
    public Iterator<StoredGroup> groups() {
        return all.groups();
    }

    /// Other holders of the wanted user name count, whatever their tenant.
    @Override
    public void foreignNames(BiConsumer<String, String> sink) {
        String wanted = seen == null ? null : seen.attributes().text(mapping.username());
        if (wanted != null && !wanted.isBlank()) {
            String key = SearchKeys.unique(wanted.strip());
            if (all.directory().isHeldByOthers(key, all.tenantId(), stored.id())) {
                sink.accept(key, "somebody else");
            }
        }
    }
}
