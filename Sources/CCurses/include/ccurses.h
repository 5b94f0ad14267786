/*
 * The terminal, as the console needs it: a thin layer over ncursesw that shows plain scalars only.
 *
 * No type, macro or global of curses crosses this header, so Swift never sees what it cannot
 * import. Everything but cc_wake() belongs to one thread, the one that called cc_start().
 */
#ifndef CCURSES_H
#define CCURSES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* -- Starting and stopping ------------------------------------------------------------------ */

/* How cc_start() ended. */
enum {
  CC_STARTED = 0,
  CC_NOT_A_TERMINAL, /* standard input or output is something else */
  CC_DUMB_TERMINAL,  /* TERM=dumb: its user wants no full screen */
  CC_UNUSABLE,       /* no description found, or one without cursor addressing */
  CC_ALREADY_STARTED,
  CC_NO_SIGNALS, /* the pipe that carries them could not be made */
};

typedef struct {
  bool utf8;         /* the locale says so; if not, write ASCII only */
  bool wraps;        /* cc_put_run() can work here */
  bool unknown_term; /* $TERM has no description on this host; cc_term_name() was used instead */
  int32_t colors;    /* 0, 8, 16 or 256 */
} cc_facts;

/*
 * Asks the kernel at once for what a console allocates before its first frame: page by page, as it is
 * touched, that is a tenth of a start. Call it first; without it nothing is missing.
 */
void cc_take_memory(void);

/*
 * Takes the terminal. Signal handlers are in place before curses touches it. While it is taken,
 * what is written to a standard error that is a terminal is kept and shown after cc_close().
 */
int32_t cc_start(bool mouse, cc_facts *facts);

/*
 * Gives the terminal back, wiped: a token may be on it. Every step is tried whatever the others
 * did; a second call does nothing.
 */
void cc_close(void);

/* Whether somebody is there who could continue this process once it has stopped. */
bool cc_can_suspend(void);

/*
 * Gives the terminal back and stops the process group; returns when it was continued. Does nothing
 * and returns false where cc_can_suspend() says no.
 */
bool cc_suspend(void);

/* Takes the terminal again after a stop, whoever stopped us. Draw everything and cc_refresh(). */
void cc_resume(void);

/* The description in use, "" before cc_start(). */
const char *cc_term_name(void);

/* -- Writing -------------------------------------------------------------------------------- */

enum { CC_BOLD = 1, CC_REVERSE = 2, CC_UNDERLINE = 4 };
enum { CC_CELL_SCALARS = 5 };

typedef struct {
  uint32_t scalars[CC_CELL_SCALARS]; /* a base and marks; the first zero ends them */
  uint8_t width;                     /* 1, 2, or 0 for the right half of a wide one: skipped */
  uint8_t attributes;                /* CC_BOLD and so on */
  uint8_t color;                     /* 0 for the terminal's own, or one more than an ANSI colour */
} cc_cell;

/* Asks the kernel for the size and follows it; at least 1x1, at most 1024x512. */
void cc_measure(int32_t *columns, int32_t *rows);

/* Writes cells of one row, the first not the right half of a wide one; the rest is cut off. */
void cc_put_cells(int32_t row, int32_t column, const cc_cell *cells, int32_t count);

/* Shows the cursor at a place, or hides it if `row` is negative. */
void cc_put_cursor(int32_t row, int32_t column);

/* Brings what changed to the terminal, or everything if `repaint`. No change, no byte. */
void cc_refresh(bool repaint);

/* Blanks everything; reaches the terminal with cc_refresh(). */
void cc_erase(void);

/*
 * Writes printable ASCII from column 0 of `row` in one go, so that the terminal wraps it itself and
 * a selection joins the lines. Call it after cc_refresh(), with the same characters put as cells in
 * plain style, and again whenever one of those rows was written.
 */
bool cc_put_run(int32_t row, const uint8_t *text, size_t length);

/* Sends base64 to the user's clipboard (OSC 52). */
bool cc_clipboard(const uint8_t *base64, size_t length);

/* Columns libc gives a scalar, as curses does: -1, 0, 1 or 2. */
int32_t cc_width(uint32_t scalar);

/* -- Reading -------------------------------------------------------------------------------- */

enum {
  CC_NOTHING = 0,
  CC_SCALAR, /* value: a Unicode scalar; U+FFFD stands for bytes that are none */
  CC_KEY,    /* value: one of CC_KEY_... */
  CC_IGNORED /* a key we have no name for */
};

enum {
  CC_KEY_UP = 1,
  CC_KEY_DOWN,
  CC_KEY_LEFT,
  CC_KEY_RIGHT,
  CC_KEY_HOME,
  CC_KEY_END,
  CC_KEY_PAGE_UP,
  CC_KEY_PAGE_DOWN,
  CC_KEY_INSERT,
  CC_KEY_DELETE,
  CC_KEY_BACKSPACE,
  CC_KEY_ENTER,
  CC_KEY_BACK_TAB,
  CC_KEY_FUNCTION = 0x100 /* F1 is CC_KEY_FUNCTION + 1 */
};

typedef struct {
  int32_t kind;
  uint32_t value;
} cc_input;

/* Reads one key, waiting up to `patience` milliseconds; 0 returns what is here. */
cc_input cc_read(int32_t patience);

/* The milliseconds that may lie between an escape byte and the rest of a sequence. */
int32_t cc_escape_delay(void);

/* Drops what was typed and not read. */
void cc_flush_input(void);

/* -- Waiting and signals -------------------------------------------------------------------- */

/* What cc_wait() saw. */
enum {
  CC_INPUT = 1,
  CC_WOKEN = 2, /* a signal, or cc_wake() */
  CC_HANGUP = 4,
  CC_EMPTY = 8 /* the terminal says readable but has no bytes: the sign of a dead line */
};

/* Waits for input, a signal or cc_wake(), at most `timeout` milliseconds (negative: for ever). */
uint32_t cc_wait(int32_t timeout);

/* Ends a cc_wait(), the current or the next one. May be called from every thread. */
void cc_wake(void);

enum {
  CC_SIGNAL_RESIZE = 1,
  CC_SIGNAL_HANGUP = 2,
  CC_SIGNAL_TERMINATE = 4,
  CC_SIGNAL_INTERRUPT = 8,
  CC_SIGNAL_CONTINUE = 16,
  CC_SIGNAL_STOP = 32
};

/* The signals that came since the last call. */
uint32_t cc_take_signals(void);

/* -- Crashing ------------------------------------------------------------------------------- */

/*
 * From now on a crash restores the terminal, says signal, address and build on the normal screen
 * and ends the process at once. No core is ever written, and no debugger of the same user may look
 * into the process: it holds secrets.
 */
void cc_guard_crashes(void);

#endif
