#include "internal.h"

#include <curses.h>
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { FALLBACK_COLUMNS = 80, FALLBACK_ROWS = 24 };

static SCREEN *screen;
static struct termios first_modes;
static char term_name[64];
static bool wants_mouse;
static bool given_back;
bool cursor_is_shown = true;

bool session_is_open(void) { return screen != NULL; }

/* -- Starting -------------------------------------------------------------------------------- */

/* Whether the locale as set, or as meant but not installed on this host, writes UTF-8. */
static bool choose_locale(void) {
  if (setlocale(LC_CTYPE, "") != NULL && strcmp(nl_langinfo(CODESET), "UTF-8") == 0) return true;

  const char *meant = getenv("LC_ALL");
  if (meant == NULL || *meant == 0) meant = getenv("LC_CTYPE");
  if (meant == NULL || *meant == 0) meant = getenv("LANG");
  const char *codeset = meant ? strrchr(meant, '.') : NULL;
  bool utf8 = codeset && (strcasecmp(codeset, ".UTF-8") == 0 || strcasecmp(codeset, ".utf8") == 0);

  /* Typed UTF-8 is understood even where only ASCII is drawn. */
  bool plain = strcmp(nl_langinfo(CODESET), "ANSI_X3.4-1968") == 0;
  if ((utf8 || plain) && setlocale(LC_CTYPE, "C.UTF-8") == NULL) utf8 = false;
  return utf8;
}

static bool is_term_name(const char *name) {
  size_t length = strlen(name);
  if (length == 0 || length >= sizeof term_name || name[0] == '.') return false;
  return strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._+-") ==
         length;
}

static bool open_screen(const char *name) {
  FILE *out = frame_open();
  screen = out == NULL ? NULL : newterm(name, out, stdin);
  if (screen == NULL) {
    frame_close();
    return false;
  }
  /* Until it was left once, curses flushes at every move of the cursor: a hundred calls for a frame.
     It enters the screen anew with the first frame, so that what it writes here is not needed. */
  if (frame_hold()) endwin();
  frame_drop();
  snprintf(term_name, sizeof term_name, "%s", name);
  return true;
}

bool ask_size(int *columns, int *rows) {
  struct winsize size = {0};
  if (ioctl(OUTPUT_FD, TIOCGWINSZ, &size) != 0) size = (struct winsize){0};
  *columns = size.ws_col > 0 ? size.ws_col : FALLBACK_COLUMNS;
  *rows = size.ws_row > 0 ? size.ws_row : FALLBACK_ROWS;
  bool fits = *columns <= MAX_COLUMNS && *rows <= MAX_ROWS;
  if (*columns > MAX_COLUMNS) *columns = MAX_COLUMNS;
  if (*rows > MAX_ROWS) *rows = MAX_ROWS;
  return fits;
}

static int32_t choose_colors(void) {
  /* Before the colours are started: afterwards curses goes through every cell for it. */
  if (!has_colors() || use_default_colors() != OK || start_color() != OK) return 0;
  int32_t colors = COLORS >= 256 ? 256 : COLORS >= 16 ? 16 : COLORS >= 8 ? 8 : 0;
  for (short color = 0; color < COLOR_PAIR_COUNT && color < colors; color++) {
    init_pair((short)(color + 1), color, -1);
  }
  return colors;
}

static void set_input_modes(void) {
  raw();
  noecho();
  nonl();
  /* With the first frame: each write wakes who reads, and is a packet over ssh. */
  frame_hold();
  keypad(stdscr, TRUE);
  output_modes_on(wants_mouse);
  frame_keep();
  nodelay(stdscr, TRUE);
  idlok(stdscr, TRUE);
  scrollok(stdscr, FALSE);
  typeahead(-1);
  /* Mouse reports are read with the other sequences of their kind. */
  define_key(NULL, KEY_MOUSE);
  if (getenv("ESCDELAY") == NULL) set_escdelay(100);
  if (get_escdelay() > 1000) set_escdelay(1000);
}

int32_t cc_start(bool mouse, cc_facts *facts) {
  if (screen != NULL) return CC_ALREADY_STARTED;
  if (!isatty(INPUT_FD) || !isatty(OUTPUT_FD)) return CC_NOT_A_TERMINAL;
  const char *wanted = getenv("TERM");
  if (wanted != NULL && strcmp(wanted, "dumb") == 0) return CC_DUMB_TERMINAL;
  if (tcgetattr(INPUT_FD, &first_modes) != 0) return CC_NOT_A_TERMINAL;

  /* Who calls from afar may send variables, but not choose the files curses parses. */
  static const char *const refused[] = {"TERMINFO", "TERMINFO_DIRS", "TERMCAP", "TERMPATH"};
  for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) unsetenv(refused[i]);

  facts->utf8 = choose_locale();
  use_env(FALSE);
  int columns, rows;
  use_tioctl(ask_size(&columns, &rows) ? TRUE : FALSE);

  if (!signals_install()) return CC_NO_SIGNALS;
  bool known = wanted != NULL && is_term_name(wanted) && open_screen(wanted);
  if (!known && !open_screen("xterm-256color")) {
    signals_restore();
    return CC_UNUSABLE;
  }
  if (!output_is_usable()) {
    cc_close();
    return CC_UNUSABLE;
  }

  wants_mouse = mouse;
  given_back = false;
  cursor_is_shown = true;
  facts->unknown_term = !known;
  facts->wraps = output_wraps();
  facts->colors = choose_colors();
  set_input_modes();
  output_prepare_rescue(&first_modes);
  errors_divert();
  rescue_arm(true);
  int32_t measured_columns, measured_rows;
  cc_measure(&measured_columns, &measured_rows);
  return CC_STARTED;
}

const char *cc_term_name(void) { return term_name; }

/* -- Stopping -------------------------------------------------------------------------------- */

static void give_back(void) {
  if (given_back) return;
  given_back = true;
  /* A token may be on it, and not every terminal has a second screen to leave behind. */
  werase(stdscr);
  clearok(curscr, TRUE);
  wrefresh(stdscr);
  output_modes_off();
  curs_set(1);
  cursor_is_shown = true;
  endwin();
  tcsetattr(INPUT_FD, TCSADRAIN, &first_modes);
  rescue_arm(false);
  errors_restore();
}

void cc_close(void) {
  if (screen == NULL) return;
  give_back();
  delscreen(screen);
  screen = NULL;
  frame_close();
  term_name[0] = 0;
  signals_restore();
}

/* The process group and the parent of a process, from /proc; false if they cannot be read. */
static bool look_at_process(pid_t process, pid_t *parent, pid_t *group, pid_t *session) {
  char path[32], text[512];
  snprintf(path, sizeof path, "/proc/%d/stat", (int)process);
  FILE *file = fopen(path, "re");
  if (file == NULL) return false;
  size_t length = fread(text, 1, sizeof text - 1, file);
  fclose(file);
  text[length] = 0;
  /* The name stands in parentheses and may hold anything, parentheses too. */
  const char *rest = strrchr(text, ')');
  return rest != NULL && sscanf(rest, ") %*c %d %d %d", parent, group, session) == 3;
}

bool cc_can_suspend(void) {
  if (signals_stop_was_ignored()) return false;
  pid_t group = getpgrp(), session = getsid(0), process = getppid();
  /* Only a process of our session outside our group, a shell with job control, brings us back. */
  for (int generation = 0; generation < 32 && process > 1; generation++) {
    pid_t parent, its_group, its_session;
    if (!look_at_process(process, &parent, &its_group, &its_session)) return false;
    if (its_session != session) return false;
    if (its_group != group) return true;
    process = parent;
  }
  return false;
}

bool cc_suspend(void) {
  if (screen == NULL || !cc_can_suspend()) return false;
  give_back();
  signals_stop_group();
  return true;
}

void cc_resume(void) {
  if (screen == NULL) return;
  if (given_back) {
    tcgetattr(INPUT_FD, &first_modes);
    output_prepare_rescue(&first_modes);
    errors_divert();
    given_back = false;
  }
  reset_prog_mode();
  output_modes_on(wants_mouse);
  rescue_arm(true);
  clearok(curscr, TRUE);
}
