#include "internal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <wchar.h>

/* What is kept of it; sealed, so that a chatty library cannot fill the memory. */
#define KEPT (64 * 1024)

static int seen_fd = -1; /* the user's standard error while it is diverted */
static int kept_fd = -1;

int errors_fd(void) { return seen_fd >= 0 ? seen_fd : STDERR_FILENO; }

void errors_divert(void) {
  if (seen_fd >= 0 || !isatty(STDERR_FILENO)) return;
  int memory = memfd_create("stderr", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  if (memory < 0) return;
  if (ftruncate(memory, KEPT) != 0 ||
      fcntl(memory, F_ADD_SEALS, F_SEAL_GROW | F_SEAL_SHRINK) != 0) {
    close(memory);
    return;
  }
  int seen = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
  if (seen < 0 || dup2(memory, STDERR_FILENO) < 0) {
    if (seen >= 0) close(seen);
    close(memory);
    return;
  }
  seen_fd = seen;
  kept_fd = memory;
}

/* Whether a terminal shows this as itself and does nothing else. */
static bool is_plain(wchar_t scalar) {
  if (scalar == L'\n' || scalar == L'\t') return true;
  if (scalar < 0x20 || (scalar >= 0x7f && scalar < 0xa0)) return false;
  if (scalar >= 0x200b && scalar <= 0x200f) return false;
  if (scalar >= 0x2028 && scalar <= 0x202e) return false;
  if (scalar >= 0x2060 && scalar <= 0x206f) return false;
  return wcwidth(scalar) >= 0 && scalar != 0xfeff;
}

/* Writes text that may hold anything so that it does nothing to the terminal. */
static void write_visibly(int fd, const char *text, size_t length) {
  char out[1024];
  size_t used = 0;
  mbstate_t state = {0};
  while (length > 0) {
    wchar_t scalar;
    size_t bytes = mbrtowc(&scalar, text, length, &state);
    bool whole = bytes > 0 && bytes <= length;
    if (used + 16 > sizeof out) {
      if (!write_all(fd, out, used)) return;
      used = 0;
    }
    if (whole && is_plain(scalar)) {
      memcpy(out + used, text, bytes);
      used += bytes;
    } else {
      memset(&state, 0, sizeof state);
      bytes = 1;
      used += (size_t)snprintf(out + used, 8, "\\x%02x", (unsigned char)*text);
    }
    text += bytes;
    length -= bytes;
  }
  write_all(fd, out, used);
}

void errors_restore(void) {
  if (seen_fd < 0) return;
  fflush(stderr);
  dup2(seen_fd, STDERR_FILENO);
  close(seen_fd);
  seen_fd = -1;

  off_t length = lseek(kept_fd, 0, SEEK_CUR);
  if (length > 0 && length <= KEPT) {
    const char *text = mmap(NULL, KEPT, PROT_READ, MAP_SHARED, kept_fd, 0);
    if (text != MAP_FAILED) {
      write_visibly(STDERR_FILENO, text, (size_t)length);
      munmap((void *)text, KEPT);
    }
  }
  close(kept_fd);
  kept_fd = -1;
}

void errors_rescue(int fd) {
  if (kept_fd < 0) return;
  char text[4096];
  off_t length = lseek(kept_fd, 0, SEEK_CUR);
  if (length <= 0) return;
  off_t start = length > (off_t)sizeof text ? length - (off_t)sizeof text : 0;
  ssize_t count = pread(kept_fd, text, (size_t)(length - start), start);
  if (count <= 0) return;
  for (ssize_t i = 0; i < count; i++) {
    bool plain = (text[i] >= 0x20 && text[i] < 0x7f) || text[i] == '\n';
    if (!plain) text[i] = '?';
  }
  if (write(fd, text, (size_t)count) < 0) errno = 0;
}
