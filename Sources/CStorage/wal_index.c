#include "CStorage.h"

#include <sqlite3.h>
#include <stdatomic.h>
#include <stddef.h>

// The size in which SQLite maps the index.
#define REGION (32 * 1024)

const void *cwal_index(void *connection) {
  sqlite3_file *file = NULL;
  if (sqlite3_file_control(connection, "main", SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK ||
      file == NULL || file->pMethods == NULL || file->pMethods->iVersion < 2 ||
      file->pMethods->xShmMap == NULL) {
    return NULL;
  }
  volatile void *region = NULL;
  // Without extending it: of a database that is not in WAL mode there is none.
  if (file->pMethods->xShmMap(file, 0, REGION, 0, &region) != SQLITE_OK) return NULL;
  return (const void *)region;
}

cwal_header cwal_read(const void *index) {
  const volatile uint64_t *words = index;
  cwal_header header;
  for (int i = 0; i < 6; i++) header.words[i] = words[i];
  atomic_thread_fence(memory_order_acquire);
  return header;
}

bool cwal_is(const void *index, const cwal_header *seen) {
  const volatile uint64_t *words = index;
  uint64_t differences = 0;
  for (int i = 0; i < 6; i++) differences |= words[i] ^ seen->words[i];
  atomic_thread_fence(memory_order_acquire);
  return differences == 0;
}
