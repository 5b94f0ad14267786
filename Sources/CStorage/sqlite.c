#include "CStorage.h"

#include <sqlite3.h>
#include <stddef.h>

void csqlite_start(void) { sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); }

void csqlite_allow_all(void *connection) { sqlite3_set_authorizer(connection, NULL, NULL); }
