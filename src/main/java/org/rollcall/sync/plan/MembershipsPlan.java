package org.rollcall.sync.plan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Change;
import org.rollcall.domain.Change.MemberChange;
import org.rollcall.domain.Change.Reason;
import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.GroupMembers;
import org.rollcall.domain.MemberType;
import org.rollcall.domain.Membership;
import org.rollcall.domain.ReasonCode;
import org.rollcall.groups.IdIndex;

/// The changes of direct memberships: of stored groups with stored people and groups, and with members of other types.
final class MembershipsPlan {
    private static final int[] NOBODY = {};

    static final Comparator<Membership> ORDER = Comparator.comparing(Membership::group, IdIndex.ORDER)
            .thenComparing(Membership::member, IdIndex.ORDER);

    private final PlanInput input;
    private final People people;
    private final BitSet peoplePresent;
    private final GroupsPlan.Known groups;
    private final Consumer<Change> sink;
    private final MemberSets members;
    private final Numbering personPlaces;
    private final Numbering groupPlaces;

    MembershipsPlan(PlanInput input, People people, BitSet peoplePresent, GroupsPlan.Known groups,
            Consumer<Change> sink) {
        this.input = input;
        this.people = people;
        this.peoplePresent = peoplePresent;
        this.groups = groups;
        this.sink = sink;
        this.members = input.sources().members();
        this.personPlaces = Numbering.of(members, people.ids());
        this.groupPlaces = Numbering.of(members, groups.ids());
    }

    void run() {
        Merge.<GroupMembers, GroupMembers, UUID>join(members::mirror, GroupMembers::group, members.stored(),
                GroupMembers::group, IdIndex.ORDER, this::group);
    }

    /// Only memberships that change become objects: of a million, each that stays costs a comparison of two numbers.
    private void group(@Nullable GroupMembers seen, @Nullable GroupMembers stored) {
        UUID group = seen != null ? seen.group() : Objects.requireNonNull(stored).group();
        boolean included = groups.isIncluded(group);
        boolean isPresent = groups.isPresent(group);
        var nowOpen = new ArrayList<Membership>();
        var beforeOpen = new ArrayList<Membership>();
        for (MemberType type : MemberType.values()) {
            int[] now = included && seen != null ? seen.of(type) : NOBODY;
            int[] before = stored == null ? NOBODY : stored.of(type);
            var seenOnly = new IntArray();
            var storedOnly = new IntArray();
            int i = 0;
            int j = 0;
            while (i < now.length || j < before.length) {
                int number = j == before.length || i < now.length && now[i] < before[j] ? now[i] : before[j];
                boolean isSeen = i < now.length && now[i] == number;
                boolean isStored = j < before.length && before[j] == number;
                boolean stays = isStored && isPresent && isSeen == included && !isGone(type, number);
                boolean staysOut = !isStored && type == MemberType.USER && isKnownGone(number);
                if (!stays && !staysOut) {
                    (isSeen ? seenOnly : storedOnly).add(number);
                    if (isSeen && isStored) {
                        storedOnly.add(number);
                    }
                }
                i += isSeen ? 1 : 0;
                j += isStored ? 1 : 0;
            }
            add(group, type, seenOnly, nowOpen);
            add(group, type, storedOnly, beforeOpen);
        }
        nowOpen.sort(ORDER);
        beforeOpen.sort(ORDER);
        Merge.<Membership, Membership, Membership>join(nowOpen::forEach, Function.identity(), beforeOpen.iterator(),
                Function.identity(), ORDER, this::membership);
    }

    private void add(UUID group, MemberType type, IntArray numbers, List<Membership> into) {
        for (UUID id : members.ids(numbers.toArray())) {
            into.add(new Membership(group, id, type));
        }
    }

    /// Stored members exist, unless this plan changes that.
    private boolean isGone(MemberType type, int number) {
        return switch (type) {
            case USER -> isKnownGone(number);
            case GROUP -> {
                int place = groupPlaces.place(number);
                yield place < 0 || !groups.present().get(place);
            }
            case UNKNOWN -> true;
            case DEVICE, SERVICE_PRINCIPAL, CONTACT -> false;
        };
    }

    /// Somebody in the dirty set who will not be in the directory.
    private boolean isKnownGone(int number) {
        int place = personPlaces.place(number);
        return place >= 0 && !peoplePresent.get(place);
    }

    private void membership(@Nullable Membership seen, @Nullable Membership stored) {
        MemberType wanted = seen != null && groups.isIncluded(seen.group()) ? typeToStore(seen) : null;
        if (stored == null) {
            if (seen != null && wanted != null) {
                emit(ChangeKind.MEMBER_ADD, seen, wanted, ReasonCode.NEW_IN_ENTRA);
            }
            return;
        }
        boolean mayStay = groups.isPresent(stored.group()) && typeToStore(stored) != null;
        if (!mayStay) {
            emit(ChangeKind.MEMBER_REMOVE, stored, stored.type(), ReasonCode.OUT_OF_SCOPE);
        } else if (groups.isIncluded(stored.group()) && wanted == null) {
            if (input.complete()) {
                emit(ChangeKind.MEMBER_REMOVE, stored, stored.type(), ReasonCode.GONE_FROM_ENTRA);
            }
        } else if (wanted != null && wanted != stored.type() && wanted != MemberType.UNKNOWN) {
            emit(ChangeKind.MEMBER_REMOVE, stored, stored.type(), ReasonCode.CHANGED_IN_ENTRA);
            emit(ChangeKind.MEMBER_ADD, stored, wanted, ReasonCode.CHANGED_IN_ENTRA);
        }
    }

    /// The type of the member, null if the membership is not to be stored. If Entra returned no type, the id decides.
    private @Nullable MemberType typeToStore(Membership membership) {
        UUID member = membership.member();
        return switch (membership.type()) {
            case USER -> isPersonPresent(member) ? MemberType.USER : null;
            case GROUP -> groups.isPresent(member) ? MemberType.GROUP : null;
            case UNKNOWN -> {
                if (people.ids().contains(member) || input.sources().others().isKnown(member)) {
                    yield isPersonPresent(member) ? MemberType.USER : null;
                }
                if (groups.ids().contains(member)) {
                    yield groups.isPresent(member) ? MemberType.GROUP : null;
                }
                yield MemberType.UNKNOWN;
            }
            case DEVICE, SERVICE_PRINCIPAL, CONTACT -> membership.type();
        };
    }

    private boolean isPersonPresent(UUID id) {
        int number = people.ids().indexOf(id);
        return number >= 0 ? peoplePresent.get(number) : input.sources().others().isPresent(id);
    }

    private void emit(ChangeKind kind, Membership membership, MemberType type, ReasonCode reason) {
        sink.accept(new MemberChange(kind, membership.group(), membership.member(), type, Reason.of(reason)));
    }
}
