package org.rollcall.store;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.rollcall.domain.UserFilter;
import org.rollcall.domain.UserSort;

/// In-memory index of what people are searched, filtered and sorted by. Finds substrings in the names of a million people while
/// somebody types, which no database index does. A background thread loads it from its file beside the database if that is
/// current, otherwise from the tables; changed people are re-read.
///
/// It never answers from stale data: callers then query the database. That relies on [Database#people]: every statement that
/// changes indexed data reports the changed people, to other processes too.
final class PeopleIndex {
    private static final Logger LOG = LoggerFactory.getLogger(PeopleIndex.class);
    private static final String FILE = "people.index";
    private static final int NEWER_AT_MOST = 20_000;

    private final Database database;
    private final PeopleReader reader;
    private final AtomicBoolean building = new AtomicBoolean();
    private volatile boolean wanted;
    private volatile @Nullable Kept kept;

    PeopleIndex(Database database) {
        this.database = database;
        this.reader = new PeopleReader(database);
    }

    /// An image and its revision of [PeopleLog].
    private record Kept(long revision, PeopleImage image) {}

    /// Enables the index and starts loading it in the background.
    void keep() {
        wanted = true;
        current();
    }

    /// The ids of all matching people, sorted.
    ///
    /// @return null: disabled, stale, or not covered by the index
    long @Nullable [] find(UserFilter filter, UserSort sort) {
        PeopleImage image = wanted && PeopleImage.answers(filter, sort) ? current() : null;
        return image == null ? null : image.find(filter, sort, reader);
    }

    /// Refreshes the index on this thread, for callers that prefer waiting to a database query.
    synchronized void refresh() {
        wanted = true;
        catchUp();
    }

    private @Nullable PeopleImage current() {
        Kept now = kept;
        if (now != null && now.revision() == database.people().revision()) {
            return now.image();
        }
        if (now != null && !isAboutNames(now)) {
            // Only roles, states and the like: refreshing is faster than a database query.
            return changed();
        }
        if (building.compareAndSet(false, true)) {
            Thread.ofPlatform().daemon().name("people-index").start(() -> {
                try {
                    refresh();
                } catch (RuntimeException e) {
                    // Searches use the database; the next one retries.
                    LOG.info("People are not indexed: {}", e.toString());
                } finally {
                    building.set(false);
                }
            });
        }
        return null;
    }

    private synchronized @Nullable PeopleImage changed() {
        Kept now = kept;
        return now != null && !isAboutNames(now) ? catchUp() : null;
    }

    private boolean isAboutNames(Kept now) {
        return database.people().since(now.revision()).part() == PeopleLog.Part.NAMES;
    }

    /// Requires this object's monitor.
    private PeopleImage catchUp() {
        long revision = database.people().revision();
        Kept now = kept;
        if (now != null && now.revision() == revision) {
            return now.image();
        }
        PeopleImage image = now == null ? saved() : update(now);
        if (image == null) {
            kept = null; // frees memory before the next image
            image = reader.everybody();
            kept = new Kept(revision, image);
            save(image);
        } else {
            kept = new Kept(revision, image);
        }
        return image;
    }

    private @Nullable PeopleImage update(Kept now) {
        PeopleLog.Change change = database.people().since(now.revision());
        if (change.everybody()) {
            return null;
        }
        return switch (change.part()) {
            case ROLE -> now.image().withRoles(reader.roles(change));
            case STATE -> now.image().with(reader.some(change), null, NEWER_AT_MOST);
            case NAMES -> now.image().with(reader.some(change), reader.byName(), NEWER_AT_MOST);
        };
    }

    private @Nullable PeopleImage saved() {
        Optional<Path> file = file();
        Optional<String> stamp = database.peopleStamp();
        return file.isEmpty() || stamp.isEmpty()
                ? null
                : PeopleImageFile.read(file.get(), stamp.get(), database.keysBeside());
    }

    /// Saves the index beside the database for the next start. On failure the next start reads the tables.
    synchronized void save() {
        Kept now = kept;
        if (now != null && now.revision() == database.people().revision()) {
            save(now.image());
        }
    }

    private void save(PeopleImage image) {
        // The version is read after the image: a change in between makes the file invalid.
        String before = database.peopleStamp().orElse("");
        Optional<Path> file = file();
        Kept now = kept;
        if (file.isPresent() && !before.isEmpty() && now != null
                && now.revision() == database.people().revision()) {
            PeopleImageFile.write(file.get(), before, image, database.keysBeside());
        }
    }

    private Optional<Path> file() {
        return database.folder().map(folder -> folder.resolve(FILE));
    }
}
