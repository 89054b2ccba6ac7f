package org.rollcall.store;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.domain.Edge;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.GroupRow;
import org.rollcall.domain.MemberRow;
import org.rollcall.domain.MemberType;
import org.rollcall.domain.Page;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.Tenant;
import org.rollcall.domain.UserStatus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class GroupQueriesTest {
    @TempDir
    Path folder;
    TestDirectory directory;
    GroupQueries groups;
    Tenant contoso;

    @BeforeEach
    void open() {
        directory = new TestDirectory(folder);
        groups = new GroupQueries(directory.database);
        contoso = directory.tenant("Contoso");
    }

    @AfterEach
    void close() {
        directory.close();
    }

    @Test
    void oneGroupIsFoundByIdNameAndMail() {
        UUID sales = directory.group(contoso, TestDirectory.uuid("s"), "Säles & Co = \uD83D\uDE00",
                "sales@contoso.com");
        directory.group(contoso, "Other");
        for (String text : List.of(sales.toString(), "Säles & Co = \uD83D\uDE00", "SÄLES & co = \uD83D\uDE00",
                "Sales@Contoso.com", " sales@contoso.com ")) {
            assertEquals(sales, groups.find(contoso.id(), text).objectId(), text);
        }
        var refusal = assertThrows(RollcallException.class, () -> groups.find(null, "Säles"));
        assertEquals("group.unknown", refusal.code());
        assertEquals(ErrorKind.INPUT, refusal.kind());
    }

    @Test
    void equalNamesAreListed() {
        UUID one = directory.group(contoso, UUID.randomUUID(), "Team", null);
        UUID other = directory.group(contoso, UUID.randomUUID(), "Team", null);
        var refusal = assertThrows(RollcallException.class, () -> groups.find(null, "team"));
        assertEquals("group.ambiguous", refusal.code());
        assertTrue(refusal.message().contains(one.toString()) && refusal.message().contains(other.toString()),
                refusal.message());
        directory.sql("update directory_group set status = 'REMOVED' where object_id = ?", other);
        assertEquals(one, groups.find(null, "team").objectId());
        Tenant fabrikam = directory.tenant("Fabrikam");
        UUID theirs = directory.group(fabrikam, UUID.randomUUID(), "Team", null);
        assertEquals(theirs, groups.find(fabrikam.id(), "Team").objectId());
        assertThrows(RollcallException.class, () -> groups.find(null, "Team"));
    }

    @Test
    void blanksAroundANameDoNotHideIt() {
        directory.group(contoso, " Finance ");
        for (String text : List.of(" Finance ", "Finance", "finance", "  Finance")) {
            assertEquals(" Finance ", groups.find(null, text).displayName(), text);
        }
        directory.group(contoso, "Finance");
        assertEquals("Finance", groups.find(null, "Finance").displayName());
        assertEquals(" Finance ", groups.find(null, " Finance ").displayName());
    }

    @Test
    void namesThatDifferBeyondTheSortKeyAreToldApart() {
        String start = "x".repeat(300);
        UUID one = directory.group(contoso, UUID.randomUUID(), start + "1", null);
        directory.group(contoso, UUID.randomUUID(), start + "2", null);
        assertEquals(one, groups.find(null, start + "1").objectId());
    }

    @Test
    void directMembersAreOfEveryKind() {
        UUID team = directory.group(contoso, "Team");
        UUID below = directory.group(contoso, "Below");
        UUID device = UUID.randomUUID();
        directory.person(contoso, "Ada", "ada");
        directory.person(contoso, "Zed", "zed", null, null, UserStatus.REMOVED);
        directory.member(contoso, team, device, MemberType.DEVICE);
        directory.member(contoso, team, TestDirectory.uuid("zed"), MemberType.USER);
        directory.member(contoso, team, TestDirectory.uuid("ada"), MemberType.USER);
        directory.member(contoso, team, below, MemberType.GROUP);
        List<MemberRow> members = groups.directMembers(contoso.id(), team);
        assertEquals(List.of(MemberType.GROUP, MemberType.USER, MemberType.USER, MemberType.DEVICE),
                members.stream().map(MemberRow::type).toList());
        assertEquals("Below", members.get(0).displayName());
        assertEquals("Ada", members.get(1).displayName());
        assertTrue(members.get(2).removed());
        assertEquals(device, members.get(3).objectId());
    }

    @Test
    void listsGoByNameAndFindWords() {
        for (String name : List.of("beta", "Alpha", "alpha 2", "Gamma")) {
            directory.group(contoso, name);
        }
        var names = new ArrayList<String>();
        Page<GroupRow> page = groups.list(null, "", false, null, 3);
        page.rows().forEach(group -> names.add(group.shownName()));
        page = groups.list(null, "", false, page.next(), 3);
        page.rows().forEach(group -> names.add(group.shownName()));
        assertEquals(List.of("Alpha", "alpha 2", "beta", "Gamma"), names);
        assertEquals(2, groups.count(null, "ALPHA", false));
        assertEquals(0, groups.count(null, "%", false));
        directory.sql("update directory_group set status = 'REMOVED' where display_name = 'beta'");
        assertEquals(3, groups.count(contoso.id(), "", false));
        assertEquals(4, groups.count(contoso.id(), "", true));
    }

    @Test
    void everyEdgeIsHandedOverOnce() {
        Tenant fabrikam = directory.tenant("Fabrikam");
        for (int i = 0; i < 3; i++) {
            directory.group(contoso, "G" + i);
            directory.members(contoso, TestDirectory.uuid("Contoso/G" + i),
                    Stream.generate(UUID::randomUUID).limit(1999 + i).toList(), MemberType.DEVICE);
        }
        directory.member(fabrikam, UUID.randomUUID(), UUID.randomUUID(), MemberType.USER);
        var seen = new ArrayList<Edge>();
        groups.forEachEdge(seen::add);
        assertEquals(1999 + 2000 + 2001 + 1, seen.size());
        assertEquals(seen.size(), new HashSet<>(seen).size());
        var all = new ArrayList<GroupRow>();
        groups.forEach(false, all::add);
        assertEquals(3, all.size());
    }
}
