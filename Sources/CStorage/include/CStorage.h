#ifndef CSTORAGE_H
#define CSTORAGE_H

#include <stdbool.h>
#include <stdint.h>

/// The header of a WAL index, the memory that all processes on a database share: 48 bytes that every
/// commit changes before it returns (https://www.sqlite.org/walformat.html, section 2.1).
typedef struct {
  uint64_t words[6];
} cwal_header;

/// Has SQLite keep no account of the memory it uses: that would be a lock at every piece of it.
///
/// To be called before the first connection is opened; later it has no effect.
void csqlite_start(void);

/// Has a connection compile statements without asking anybody whether they are allowed.
///
/// @param connection A `sqlite3 *`, which nobody else may be using.
void csqlite_allow_all(void *connection);

/// Has a connection keep so many pages of the file in memory, and read the others anew.
///
/// In C: at the first statement that is executed by its text, GRDB has the runtime look through all
/// types of the program, a thirtieth of a console's start.
///
/// @param connection A `sqlite3 *`, which nobody else may be using.
void csqlite_limit_cache(void *connection, int32_t pages);

/// Opens a database for writing and closes it.
///
/// If nobody else has it open, its `-wal` and `-shm` are gone afterwards, and what was in them is in
/// the database. What keeps that from being done leaves them where they were.
void csqlite_tidy(const char *path);

/// Where a connection has the header of its main database.
///
/// To be asked after the connection has read something. What it returns is valid as long as the
/// connection is open; NULL where the database is not in WAL mode or its memory is not shared.
///
/// @param connection A `sqlite3 *`, which nobody else may be using.
const void *cwal_index(void *connection);

/// A copy of the header; of one that is being written, something that differs from what it will be.
cwal_header cwal_read(const void *index);

/// Whether the header is the same as it was.
bool cwal_is(const void *index, const cwal_header *seen);

/// The number of the file system that a path lies on (statfs(2), `f_type`); 0 if it cannot be had.
uint32_t cfile_system(const char *path);

#endif
