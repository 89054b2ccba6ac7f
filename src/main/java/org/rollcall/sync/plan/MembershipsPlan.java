package org.rollcall.sync.plan;

import java.util.BitSet;
import java.util.Comparator;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Change;
import org.rollcall.domain.Change.MemberChange;
import org.rollcall.domain.Change.Reason;
import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.MemberType;
import org.rollcall.domain.Membership;
import org.rollcall.domain.ReasonCode;
import org.rollcall.roles.IdIndex;

/// The changes of direct memberships: those of stored groups with people and groups that are stored, and with whatever
/// else is in them.
final class MembershipsPlan {
    static final Comparator<Membership> ORDER = Comparator.comparing(Membership::group, IdIndex.ORDER)
            .thenComparing(Membership::member, IdIndex.ORDER);

    private final PlanInput input;
    private final People people;
    private final BitSet peoplePresent;
    private final GroupsPlan.Known groups;
    private final Consumer<Change> sink;

    MembershipsPlan(PlanInput input, People people, BitSet peoplePresent, GroupsPlan.Known groups,
            Consumer<Change> sink) {
        this.input = input;
        this.people = people;
        this.peoplePresent = peoplePresent;
        this.groups = groups;
        this.sink = sink;
    }

    void run() {
        Merge.<Membership, Membership, Membership>join(input.sources()::mirrorMemberships, Function.identity(),
                input.sources().memberships(), Function.identity(), ORDER, this::membership);
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

    /// What the member is, null if the membership is not to be stored. Where Entra gives no type, the id tells.
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
