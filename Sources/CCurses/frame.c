#include "internal.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static FILE *stream;
/* Where a frame waits; without it curses writes to the terminal as it goes. */
static int waiting = -1;
static bool held;
/* How much of it was kept for the next frame. */
static off_t kept;
static char *frame;
static size_t mapped;

enum { STEP = 64 * 1024 };

FILE *frame_open(void) {
  int own = fcntl(OUTPUT_FD, F_DUPFD_CLOEXEC, 3);
  if (own < 0) return NULL;
  stream = fdopen(own, "w");
  if (stream == NULL) {
    close(own);
    return NULL;
  }
  waiting = memfd_create("frame", MFD_CLOEXEC);
  return stream;
}

void frame_close(void) {
  if (stream != NULL) fclose(stream);
  if (waiting >= 0) close(waiting);
  if (frame != NULL) munmap(frame, mapped);
  frame = NULL;
  mapped = 0;
  stream = NULL;
  waiting = -1;
  kept = 0;
}

bool frame_write(const char *text) { return write_all(fileno(stream), text, strlen(text)); }

bool frame_hold(void) {
  held = waiting >= 0 && lseek(waiting, kept, SEEK_SET) == kept &&
         dup3(waiting, fileno(stream), O_CLOEXEC) >= 0;
  return held;
}

void frame_keep(void) {
  off_t length = held ? lseek(waiting, 0, SEEK_CUR) : -1;
  if (length > kept) kept = length;
  frame_drop();
}

void frame_drop(void) {
  if (held) dup3(OUTPUT_FD, fileno(stream), O_CLOEXEC);
  held = false;
}

/* The first bytes of what waits, as memory: reading them back would be a call more per frame. */
static bool map(size_t length) {
  if (length <= mapped) return true;
  if (frame != NULL) munmap(frame, mapped);
  mapped = 0;
  size_t size = (length / STEP + 1) * STEP;
  frame = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, waiting, 0);
  if (frame == MAP_FAILED) frame = NULL;
  if (frame != NULL) mapped = size;
  return frame != NULL;
}

bool frame_release(void) {
  if (!held) return true;
  held = false;
  /* Both descriptors share the position, so it is where curses stopped. */
  off_t length = lseek(waiting, 0, SEEK_CUR);
  bool sent = dup3(OUTPUT_FD, fileno(stream), O_CLOEXEC) >= 0;
  if (length <= 0) return sent && length == 0;
  if (!map((size_t)length)) {
    while (ftruncate(waiting, 0) != 0 && errno == EINTR) continue;
    kept = 0;
    return false;
  }
  sent = sent && write_all(OUTPUT_FD, frame, (size_t)length);
  if (sent) kept = 0;
  /* A token may have been in it. Its pages are kept: new ones would cost more than all of this. */
  explicit_bzero(frame + kept, (size_t)(length - kept));
  return sent;
}
