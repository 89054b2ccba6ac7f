package org.rollcall.store;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.domain.GroupRow;
import org.rollcall.domain.MemberType;
import org.rollcall.domain.Ref;
import org.rollcall.domain.Tenant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class GroupNestingTest {
    @TempDir
    Path folder;
    TestDirectory directory;
    GroupNesting nesting;
    Tenant contoso;

    @BeforeEach
    void open() {
        directory = new TestDirectory(folder);
        nesting = new GroupNesting(directory.database);
        contoso = directory.tenant("Contoso");
    }

    @AfterEach
    void close() {
        directory.close();
    }

    @Test
    void pathsGoTheShortestWayAndCyclesEnd() {
        UUID top = directory.group(contoso, "Top");
        UUID middle = directory.group(contoso, "Middle");
        UUID low = directory.group(contoso, "Low");
        directory.member(contoso, top, middle, MemberType.GROUP);
        directory.member(contoso, middle, low, MemberType.GROUP);
        directory.member(contoso, low, top, MemberType.GROUP);
        directory.person(contoso, "Ada", "ada");
        directory.member(contoso, low, TestDirectory.uuid("ada"), MemberType.USER);
        var paths = nesting.pathsTo(contoso.id(), TestDirectory.uuid("ada"));
        assertEquals(List.of(List.of("Low"), List.of("Middle", "Low"), List.of("Top", "Middle", "Low")),
                paths.stream().map(path -> path.path().stream().map(Ref::name).toList()).toList());
        assertTrue(paths.getFirst().isDirect());
        assertEquals(Set.of("Middle", "Top"), new HashSet<>(nesting.pathsTo(contoso.id(), low).stream()
                .map(path -> path.group().shownName()).toList()));
        assertEquals(List.of("Low"), nesting.parents(contoso.id(), top).stream().map(GroupRow::shownName).toList());
        assertEquals(1, nesting.roots(contoso.id()).size(), "a cycle shows once");
    }

    @Test
    void aChainOf400AndACycleOf50AreWalked() {
        UUID first = directory.group(contoso, "G0");
        UUID above = first;
        for (int i = 1; i < 400; i++) {
            UUID group = directory.group(contoso, "G" + i);
            directory.member(contoso, above, group, MemberType.GROUP);
            above = group;
        }
        directory.member(contoso, above, TestDirectory.uuid("Contoso/G350"), MemberType.GROUP);
        long ada = directory.person(contoso, "Ada", "ada");
        directory.member(contoso, above, TestDirectory.uuid("ada"), MemberType.USER);
        assertEquals(400, nesting.below(contoso.id(), first).size());
        assertEquals(Set.of(ada), nesting.peopleIn(contoso.id(), nesting.below(contoso.id(), first), null));
        assertEquals(Set.of(ada),
                nesting.peopleIn(contoso.id(), nesting.below(contoso.id(), first), List.of(ada, 99L)));
        assertEquals(400, nesting.pathsTo(contoso.id(), TestDirectory.uuid("ada")).size());
    }
}
