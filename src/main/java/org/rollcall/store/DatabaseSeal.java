package org.rollcall.store;

import java.util.List;

import javax.sql.DataSource;

/// What seals the files of a database, and what there is to do with it while nobody else uses it.
public interface DatabaseSeal {
    /// The key to seal with, then those under which the files may still be sealed. Asked each time the file is opened.
    List<byte[]> keys();

    /// Done once with a database that was in clear until now: its schema is up to date, and it is sealed next. What it throws
    /// leaves the database as it is.
    void beforeSealing(DataSource database);

    /// Done before migrations change what is there. What it throws leaves the database as it is.
    ///
    /// @param version of the schema until now
    default void beforeMigrating(String version, RowSource rows) {
        // Nothing, unless somebody wants to go back.
    }

    /// Done each time that this process has the database to itself, before others come.
    void alone(DataSource database);
}
