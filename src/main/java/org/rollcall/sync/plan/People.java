package org.rollcall.sync.plan;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Attributes;
import org.rollcall.domain.Guests;
import org.rollcall.domain.MfaState;
import org.rollcall.domain.MirrorPerson;
import org.rollcall.domain.ProfileConfig;
import org.rollcall.domain.StoredPerson;
import org.rollcall.domain.UserField;
import org.rollcall.domain.UserStatus;
import org.rollcall.groups.IdIndex;

/// Everybody in mirror or directory as a number, with the facts needed for scope and user names: 36 bytes a person.
final class People {
    static final int SEEN = 1;
    static final int READABLE = 1 << 1;
    static final int GUEST = 1 << 2;
    static final int DISABLED = 1 << 3;
    static final int MFA = 1 << 4;
    static final int STORED = 1 << 5;
    static final int REMOVED = 1 << 6;
    static final int EXCLUDED_BY_HAND = 1 << 7;
    static final int IN_PROFILE = 1 << 8;
    static final int IN_OTHER = 1 << 9;
    /// Must not be removed by this run, even if out of scope.
    static final int KEPT = 1 << 11;
    /// The mapping of this import decides about the user name.
    static final int NAMED_HERE = 1 << 10;

    private final IdIndex ids;
    private final int[] flags;
    private final long[] wanted;
    private final long[] current;

    private People(Builder from) {
        ids = from.ids.build();
        int size = ids.size();
        flags = Arrays.copyOf(from.flags, size);
        wanted = Arrays.copyOf(from.wanted, size);
        current = Arrays.copyOf(from.current, size);
    }

    static People read(PlanInput input) {
        var builder = new Builder(input);
        Merge.<MirrorPerson, StoredPerson, java.util.UUID>join(input.sources()::mirrorPeople, MirrorPerson::id,
                input.sources().people(), StoredPerson::id, IdIndex.ORDER, builder::add);
        return new People(builder);
    }

    IdIndex ids() {
        return ids;
    }

    int size() {
        return flags.length;
    }

    boolean is(int person, int flag) {
        return (flags[person] & flag) != 0;
    }

    /// Hash of the mapped user name, [NameHashes#NONE] if there is none.
    long wanted(int person) {
        return wanted[person];
    }

    /// Hash of the present user name, [NameHashes#NONE] if there is none.
    long current(int person) {
        return current[person];
    }

    /// In the directory and not removed.
    boolean isPresent(int person) {
        return (flags[person] & (STORED | REMOVED)) == STORED;
    }

    private static final class Builder {
        private final IdIndex.Builder ids = new IdIndex.Builder();
        private final NameHashes hashes = new NameHashes();
        private final ProfileConfig.Mapping mapping;
        private final PlanInput input;
        private int[] flags = new int[256];
        private long[] wanted = new long[256];
        private long[] current = new long[256];

        Builder(PlanInput input) {
            this.input = input;
            this.mapping = input.config().mapping();
        }

        void add(@Nullable MirrorPerson seen, @Nullable StoredPerson stored) {
            int number;
            int facts = 0;
            long wantedName = NameHashes.NONE;
            if (seen != null) {
                number = ids.add(seen.id());
                facts |= factsOf(seen);
                String name = Mapped.username(seen.attributes(), mapping);
                wantedName = name == null ? NameHashes.NONE : hashes.ofName(name);
            } else {
                number = ids.add(java.util.Objects.requireNonNull(stored).id());
            }
            long currentName = NameHashes.NONE;
            if (stored != null) {
                facts |= factsOf(stored);
                currentName = stored.status() == UserStatus.REMOVED
                        ? NameHashes.NONE
                        : hashes.ofName(stored.username());
            }
            if (number == flags.length) {
                int larger = number + (number >> 1);
                flags = Arrays.copyOf(flags, larger);
                wanted = Arrays.copyOf(wanted, larger);
                current = Arrays.copyOf(current, larger);
            }
            flags[number] = facts;
            wanted[number] = wantedName;
            current[number] = currentName;
        }

        private static int factsOf(MirrorPerson seen) {
            Attributes<UserField> attributes = seen.attributes();
            int facts = SEEN;
            // Everybody in Entra has a user principal name; if it is missing, the app may only read the id.
            if (attributes.text(UserField.USER_PRINCIPAL_NAME) != null) {
                facts |= READABLE;
            }
            if (Guests.isGuest(attributes)) {
                facts |= GUEST;
            }
            if (!UserStatus.isEnabled(attributes.bool(UserField.ACCOUNT_ENABLED))) {
                facts |= DISABLED;
            }
            if (seen.mfa() == MfaState.REGISTERED) {
                facts |= MFA;
            }
            return facts;
        }

        private int factsOf(StoredPerson stored) {
            int facts = STORED;
            if (stored.status() == UserStatus.REMOVED) {
                facts |= REMOVED;
            }
            if (stored.excluded()) {
                facts |= EXCLUDED_BY_HAND;
            }
            if (stored.inProfile()) {
                facts |= IN_PROFILE;
            }
            if (stored.otherProfile() != null) {
                facts |= IN_OTHER;
            }
            if (input.kept().keeps(stored)) {
                facts |= KEPT;
            }
            if (Mapped.decides(input, stored.otherProfile())) {
                facts |= NAMED_HERE;
            }
            return facts;
        }
    }
}
