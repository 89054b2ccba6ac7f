package org.rollcall.store;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

import org.jooq.Query;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.domain.MemberType;
import org.rollcall.domain.Tenant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.rollcall.store.gen.Tables.DIRECTORY_MEMBERS;
import static org.rollcall.store.gen.Tables.DIRECTORY_USER;
import static org.rollcall.store.gen.Tables.MIRROR_USER;
import static org.rollcall.store.gen.Tables.OBJECT_NUMBER;

/// Where many ids are asked for at once H2 has to look each up in an index: reading all of a tenant for every thousand makes
/// the cost of an import grow with the square of its people.
class ChunksTest {
    private static final List<UUID> IDS = List.of(TestDirectory.uuid("ada"), TestDirectory.uuid("ben"),
            TestDirectory.uuid("nobody"));

    @TempDir
    Path folder;
    TestDirectory directory;
    Tenant contoso;

    @BeforeEach
    void open() {
        directory = new TestDirectory(folder);
        contoso = directory.tenant("Contoso");
        for (String name : List.of("ada", "ben", "carla")) {
            directory.person(contoso, name, name);
        }
    }

    @AfterEach
    void close() {
        directory.close();
    }

    private String plan(Query query) {
        return directory.database.dsl().fetch("explain " + query.getSQL(), query.getBindValues().toArray())
                .getFirst().get(0, String.class).replaceAll("\\s+", " ");
    }

    @Test
    void pairsAreLookedUpOneByOne() {
        var dsl = directory.database.dsl();
        var people = dsl.select(DIRECTORY_USER.OBJECT_ID).from(DIRECTORY_USER)
                .where(Chunks.pairs(DIRECTORY_USER.TENANT_ID, contoso.id(), DIRECTORY_USER.OBJECT_ID, IDS));
        assertEquals(2, people.fetch().size());
        assertTrue(plan(people).contains(": IN(ROW ("), plan(people));
        var update = dsl.update(MIRROR_USER).set(MIRROR_USER.GENERATION, 2)
                .where(Chunks.pairs(MIRROR_USER.MIRROR_ID, 1, MIRROR_USER.OBJECT_ID, IDS));
        assertTrue(plan(update).contains(": IN(ROW ("), plan(update));
        var numbers = dsl.selectFrom(OBJECT_NUMBER)
                .where(Chunks.pairs(OBJECT_NUMBER.TENANT_ID, 1, OBJECT_NUMBER.NUMBER, List.of(1, 2)));
        assertTrue(plan(numbers).contains(": IN(ROW ("), plan(numbers));
        assertEquals(0, dsl.fetchCount(DIRECTORY_USER,
                Chunks.pairs(DIRECTORY_USER.TENANT_ID, contoso.id(), DIRECTORY_USER.OBJECT_ID, List.of())));
    }

    @Test
    void listsOfGroupsAreLookedUpOneByOne() {
        UUID group = directory.group(contoso, "Team");
        directory.member(contoso, group, IDS.getFirst(), MemberType.USER);
        directory.member(contoso, directory.group(contoso, "Other"), IDS.getLast(), MemberType.USER);
        var members = directory.database.dsl().select(DIRECTORY_MEMBERS.SIZE).from(DIRECTORY_MEMBERS)
                .where(Chunks.pairs(DIRECTORY_MEMBERS.TENANT_ID, contoso.id(), DIRECTORY_MEMBERS.GROUP_ID,
                        List.of(group, UUID.randomUUID())));
        assertEquals(List.of(1), members.fetch(DIRECTORY_MEMBERS.SIZE));
        assertTrue(plan(members).contains("DIRECTORY_MEMBERS_GROUP: IN(ROW ("), plan(members));
    }
}
