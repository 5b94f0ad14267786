#include "internal.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static FILE *stream;
/* Where a frame waits; without it curses writes to the terminal as it goes. */
static int waiting = -1;
static bool held;

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
  stream = NULL;
  waiting = -1;
}

void frame_hold(void) {
  held = waiting >= 0 && lseek(waiting, 0, SEEK_SET) == 0 &&
         dup3(waiting, fileno(stream), O_CLOEXEC) >= 0;
}

bool frame_release(void) {
  static char piece[64 * 1024];
  if (!held) return true;
  held = false;
  /* Both descriptors share the position, so it is where curses stopped. */
  off_t length = lseek(waiting, 0, SEEK_CUR);
  bool sent = dup3(OUTPUT_FD, fileno(stream), O_CLOEXEC) >= 0;
  if (length < 0) return false;
  for (off_t at = 0; sent && at < length;) {
    size_t most = length - at < (off_t)sizeof piece ? (size_t)(length - at) : sizeof piece;
    ssize_t count = pread(waiting, piece, most, at);
    sent = count > 0 && write_all(OUTPUT_FD, piece, (size_t)count);
    at += count;
  }
  /* A token may have been in it. */
  explicit_bzero(piece, length < (off_t)sizeof piece ? (size_t)length : sizeof piece);
  if (ftruncate(waiting, 0) != 0) sent = false;
  return sent;
}
