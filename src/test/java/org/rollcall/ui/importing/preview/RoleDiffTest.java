package org.rollcall.ui.importing.preview;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import org.rollcall.domain.Role;
import org.rollcall.ui.common.ChangeRoleDialog.RoleOption;

import static org.junit.jupiter.api.Assertions.assertEquals;

/// Figures that are kept and adjusted are those that counting all people again gives.
class RoleDiffTest {
    private static final List<String> ROLES = List.of(Role.ADMINISTRATOR, Role.AUDITOR, Role.USER);
    private static final List<RoleOption> OPTIONS = ROLES.stream()
            .map(name -> new RoleOption(new Role(ROLES.indexOf(name) + 1L, name, "", true, 1, Set.of()), 10)).toList();

    private final Random random = new Random(7);

    @Test
    void countsAsIfAllWereCountedAgain() {
        var given = new HashMap<UUID, String>();
        var names = new LinkedHashMap<UUID, String>();
        for (int i = 0; i < 200; i++) {
            var id = UUID.randomUUID();
            given.put(id, any(ROLES));
            names.put(id, "Person " + i);
        }
        var taken = Map.of(Role.USER, 3L);
        var diff = RoleDiff.counted(OPTIONS, given, names, taken, 0);
        var people = new ArrayList<>(names.keySet());
        for (int round = 0; round < 50; round++) {
            var byHand = new HashMap<UUID, String>();
            var leftOut = new HashSet<UUID>();
            for (int i = 0; i < round; i++) {
                byHand.put(any(people), any(ROLES));
                leftOut.add(any(people));
            }
            // Somebody whom no rule gives anything.
            byHand.put(UUID.randomUUID(), Role.AUDITOR);
            leftOut.add(UUID.randomUUID());

            var staying = people.stream().filter(id -> !leftOut.contains(id)).toList();
            for (RoleDiff.Line line : diff.lines(byHand, leftOut)) {
                long gets = staying.stream().filter(id -> role(id, byHand, given).equals(line.role())).count();
                assertEquals(10 + gets - taken.getOrDefault(line.role(), 0L), line.after(), line.role());
            }
            assertEquals(staying.stream().filter(id -> role(id, byHand, given).equals(Role.ADMINISTRATOR))
                    .map(names::get).toList(), diff.administrators(byHand, leftOut));
        }
    }

    private static String role(UUID id, Map<UUID, String> byHand, Map<UUID, String> given) {
        return byHand.getOrDefault(id, Objects.requireNonNull(given.get(id)));
    }

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
