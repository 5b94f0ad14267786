#include "CStorage.h"

#include <sqlite3.h>
#include <stddef.h>
#include <stdio.h>

void csqlite_start(void) { sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); }

void csqlite_allow_all(void *connection) { sqlite3_set_authorizer(connection, NULL, NULL); }

void csqlite_limit_cache(void *connection, int32_t pages) {
  char limit[64];
  snprintf(limit, sizeof limit, "PRAGMA cache_size = %d", (int)pages);
  /* What keeps the file from being read is told by the statement that reads it. */
  sqlite3_exec(connection, limit, NULL, NULL, NULL);
}

void csqlite_tidy(const char *path) {
  sqlite3 *connection = NULL;
  if (sqlite3_open_v2(path, &connection, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK) {
    /* Only one that has read knows that there is a log; this reads the first page alone. */
    sqlite3_exec(connection, "PRAGMA user_version", NULL, NULL, NULL);
  }
  sqlite3_close(connection);
}
