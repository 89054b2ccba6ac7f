package org.rollcall.ui.users;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.UserRow;

/// A place in the table: a person's id from the start, the person once they have been read.
final class PersonEntry {
    private final long id;
    private final ReadOnlyObjectWrapper<@Nullable UserRow> row = new ReadOnlyObjectWrapper<>();

    PersonEntry(long id) {
        this.id = id;
    }

    long id() {
        return id;
    }

    ReadOnlyObjectProperty<@Nullable UserRow> rowProperty() {
        return row.getReadOnlyProperty();
    }

    @Nullable
    UserRow row() {
        return row.get();
    }

    void set(UserRow read) {
        row.set(read);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PersonEntry that && id == that.id;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(id);
    }
}
