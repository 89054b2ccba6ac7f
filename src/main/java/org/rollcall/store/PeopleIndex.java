package org.rollcall.store;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.rollcall.domain.UserFilter;
import org.rollcall.domain.UserSort;

/// What people are searched, filtered and ordered by, in memory: finds text anywhere in the names of a million people
/// while somebody types, which no index of the database does. Read on a thread of its own, from the file beside the data
/// base if nobody changed since that was written, or else in walks through the tables; kept up by reading again whoever
/// is changed.
///
/// It never answers from what is out of date: it answers nothing then, and who asks goes to the database. That rests on
/// [Database#people]: every statement that changes what is kept here reports whom it changes, to other processes too.
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

    /// An image and the revision of [PeopleLog] that it shows.
    private record Kept(long revision, PeopleImage image) {}

    /// From now on the index is kept; the first reading begins at once, in the background.
    void keep() {
        wanted = true;
        current();
    }

    /// The ids of everybody who fits, in order.
    ///
    /// @return null: not kept, out of date for the moment, or nothing that is kept here
    long @Nullable [] find(UserFilter filter, UserSort sort) {
        PeopleImage image = wanted && PeopleImage.answers(filter, sort) ? current() : null;
        return image == null ? null : image.find(filter, sort, reader);
    }

    /// Reads now, on this thread, unless it is up to date; for whoever rather waits than goes to the database.
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
            // Only roles, states and the like: read again sooner than the database would have answered.
            return changed();
        }
        if (building.compareAndSet(false, true)) {
            Thread.ofPlatform().daemon().name("people-index").start(() -> {
                try {
                    refresh();
                } catch (RuntimeException e) {
                    // Searching goes on in the database; the next search tries again.
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

    /// Under this object's lock.
    private PeopleImage catchUp() {
        long revision = database.people().revision();
        Kept now = kept;
        if (now != null && now.revision() == revision) {
            return now.image();
        }
        PeopleImage image = now == null ? saved() : update(now);
        if (image == null) {
            kept = null; // not two of them at a time
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

    /// Writes what is kept beside the database, for the next start; what cannot be written is read from the tables then.
    synchronized void save() {
        Kept now = kept;
        if (now != null && now.revision() == database.people().revision()) {
            save(now.image());
        }
    }

    private void save(PeopleImage image) {
        // The stamp is read after the image: if somebody changes in between, the file is good for nobody.
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
