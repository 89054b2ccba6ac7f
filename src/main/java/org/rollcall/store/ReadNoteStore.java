package org.rollcall.store;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.jooq.impl.DSL;

import org.rollcall.domain.ReadNote;

import static org.rollcall.store.gen.Tables.READ_NOTE;

/// Notes of the newest read of each mirror, by stream: what it asked again, and what came.
public final class ReadNoteStore {
    /// How many notes there is room for.
    public static final int MOST = 50;
    private static final int LENGTH = 1_000;

    private final Database database;

    public ReadNoteStore(Database database) {
        this.database = database;
    }

    /// Keeps a note, unless there are [#MOST] already. Those that somebody has to look at always find room.
    public void add(long mirrorId, String stream, ReadNote note) {
        database.transaction(() -> {
            int count = database.dsl().fetchCount(READ_NOTE, READ_NOTE.MIRROR_ID.eq(mirrorId));
            if (count >= MOST && !note.attention()) {
                return;
            }
            Integer last = database.dsl().select(DSL.max(READ_NOTE.SEQ)).from(READ_NOTE)
                    .where(READ_NOTE.MIRROR_ID.eq(mirrorId)).fetchSingle().value1();
            database.dsl().insertInto(READ_NOTE, READ_NOTE.MIRROR_ID, READ_NOTE.SEQ, READ_NOTE.STREAM,
                    READ_NOTE.OBJECT_ID, READ_NOTE.ASKED, READ_NOTE.CAME, READ_NOTE.ATTENTION)
                    .values(mirrorId, last == null ? 1 : last + 1, stream, note.objectId(), shortened(note.asked()),
                            shortened(note.came()), note.attention())
                    .execute();
        });
    }

    private static String shortened(String text) {
        return text.length() <= LENGTH ? text : text.substring(0, LENGTH);
    }

    public Map<String, List<ReadNote>> of(long mirrorId) {
        return database.dsl().selectFrom(READ_NOTE).where(READ_NOTE.MIRROR_ID.eq(mirrorId)).orderBy(READ_NOTE.SEQ)
                .fetch().stream()
                .collect(Collectors.groupingBy(row -> row.getStream(), LinkedHashMap::new, Collectors.mapping(
                        row -> new ReadNote(row.getObjectId(), row.getAsked(), row.getCame(), row.getAttention()),
                        Collectors.toList())));
    }

    /// Another read begins.
    public void clear(long mirrorId) {
        database.dsl().deleteFrom(READ_NOTE).where(READ_NOTE.MIRROR_ID.eq(mirrorId)).execute();
    }
}
