#include "CStorage.h"

#include <sqlite3.h>
#include <stddef.h>

void csqlite_start(void) { sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); }

void csqlite_allow_all(void *connection) { sqlite3_set_authorizer(connection, NULL, NULL); }

void csqlite_limit_cache(void *connection, int32_t pages) {
  char *limit = sqlite3_mprintf("PRAGMA cache_size = %d", (int)pages);
  /* What keeps the file from being read is told by the statement that reads it. */
  if (limit != NULL) sqlite3_exec(connection, limit, NULL, NULL, NULL);
  sqlite3_free(limit);
}
