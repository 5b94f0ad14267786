#include "internal.h"

#include <curses.h>
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>
/* Last, and nowhere else: it makes macros of words like lines and columns. */
#include <term.h>

#define PASTE_ON "\033[?2004h"
#define PASTE_OFF "\033[?2004l"
#define MOUSE_ON "\033[?1000h\033[?1006h"
#define MOUSE_OFF "\033[?1006l\033[?1000l"

static char assembled[512];
static size_t assembled_length;
static bool mouse_is_on;

bool write_all(int fd, const void *bytes, size_t length) {
  const char *next = bytes;
  while (length > 0) {
    ssize_t count = write(fd, next, length);
    if (count > 0) {
      next += count;
      length -= (size_t)count;
    } else if (count < 0 && errno == EINTR) {
      continue;
    } else if (count < 0 && errno == EAGAIN) {
      struct pollfd ready = {.fd = fd, .events = POLLOUT};
      if (poll(&ready, 1, 1000) <= 0) return false;
    } else {
      return false;
    }
  }
  return true;
}

static bool send_text(const char *text) { return write_all(OUTPUT_FD, text, strlen(text)); }

static int assemble(int byte) {
  if (assembled_length < sizeof assembled) assembled[assembled_length++] = (char)byte;
  return byte;
}

/* Adds a string capability if the terminal has it. */
static void assemble_capability(const char *name) {
  char *value = tigetstr(name);
  if (value != NULL && value != (char *)-1) tputs(value, 1, assemble);
}

static bool send_assembled(void) {
  bool sent = write_all(OUTPUT_FD, assembled, assembled_length);
  assembled_length = 0;
  return sent;
}

bool output_is_usable(void) { return cursor_address != NULL; }

bool output_wraps(void) { return auto_right_margin; }

void output_modes_on(bool mouse) {
  frame_write(PASTE_ON);
  if (mouse) frame_write(MOUSE_ON);
  mouse_is_on = mouse;
}

void output_modes_off(void) {
  if (mouse_is_on) send_text(MOUSE_OFF);
  send_text(PASTE_OFF);
}

void output_prepare_rescue(const struct termios *modes) {
  static const char *const names[] = {"sgr0", "op", "clear", "rmkx", "cnorm", "rmcup"};
  assembled_length = 0;
  for (const char *byte = MOUSE_OFF PASTE_OFF; *byte; byte++) assemble(*byte);
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) assemble_capability(names[i]);
  rescue_prepare(modes, assembled, assembled_length);
  assembled_length = 0;
}

bool cc_put_run(int32_t row, const uint8_t *text, size_t length) {
  if (!session_is_open() || row < 0 || length == 0 || !auto_right_margin) return false;
  size_t across = (size_t)getmaxx(stdscr), down = (size_t)getmaxy(stdscr);
  if ((size_t)row + (length + across - 1) / across > down) return false;
  for (size_t i = 0; i < length; i++) {
    if (text[i] < 0x20 || text[i] > 0x7e) return false;
  }

  /* curses knows these cells already; only its cursor has to stand where it left it. */
  int cursor_row, cursor_column;
  getyx(curscr, cursor_row, cursor_column);
  assembled_length = 0;
  assemble_capability("smam");
  tputs(tparm(cursor_address, (long)row, 0L), 1, assemble);
  bool sent = send_assembled() && write_all(OUTPUT_FD, text, length);
  tputs(tparm(cursor_address, (long)cursor_row, (long)cursor_column), 1, assemble);
  return send_assembled() && sent;
}

bool cc_clipboard(const uint8_t *base64, size_t length) {
  return session_is_open() && send_text("\033]52;c;") && write_all(OUTPUT_FD, base64, length) &&
         send_text("\a");
}
