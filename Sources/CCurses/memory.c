#include "internal.h"

#include <malloc.h>
#include <stdlib.h>
#include <sys/mman.h>

/* What is allocated up to the first frame of a terminal of usual size, a little less. */
#define NEEDED (944 * 1024)

void cc_take_memory(void) {
  /* So that it is taken from the heap, and stays there when it is freed. */
  mallopt(M_MMAP_THRESHOLD, 2 * NEEDED);
  mallopt(M_TRIM_THRESHOLD, 2 * NEEDED);
  char *memory = malloc(NEEDED);
  if (memory == NULL) return;
  uintptr_t start = ((uintptr_t)memory + PAGE - 1) / PAGE * PAGE;
  /* Where the kernel does not know it (before Linux 5.14), pages come one by one as ever. */
  madvise((void *)start, NEEDED - PAGE, MADV_POPULATE_WRITE);
  free(memory);
}
