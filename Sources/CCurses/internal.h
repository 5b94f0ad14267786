/* What the files of this module share; nothing here leaves it. */
#ifndef CCURSES_INTERNAL_H
#define CCURSES_INTERNAL_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#define NCURSES_WIDECHAR 1

#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <termios.h>

#include "ccurses.h"

#define INPUT_FD 0
#define OUTPUT_FD 1

/* The kernel's smallest page, in bytes. */
#define PAGE 4096

/* -- signals.c -- */

/* Installs the handlers of the wake pipe; false if there is no pipe to be had. */
bool signals_install(void);

/* Puts the earlier handlers back, but keeps HUP and TERM if one of them is on its way already. */
void signals_restore(void);

/* Stops the process group as the terminal's own Ctrl-Z would. */
void signals_stop_group(void);

/* Whether SIGTSTP was ignored when we came, as by a shell without job control. */
bool signals_stop_was_ignored(void);

/* -- rescue.c -- */

/* What a signal handler may use to restore the terminal: nothing but these bytes and modes. */
void rescue_prepare(const struct termios *modes, const char *bytes, size_t length);
void rescue_arm(bool armed);

/* Restores the terminal if armed; safe in a signal handler. */
void rescue_now(void);

/* -- errors.c -- */

/* Diverts standard error into memory if it is a terminal, and brings it back with its contents. */
void errors_divert(void);
void errors_restore(void);

/* Writes the end of what was diverted to `fd`; safe in a signal handler. */
void errors_rescue(int fd);

/* The standard error that the user sees, diverted or not. */
int errors_fd(void);

/* -- frame.c: what curses writes -- */

/* The stream for newterm: the terminal, under a descriptor of its own. NULL if there is none. */
FILE *frame_open(void);
void frame_close(void);

/* What curses writes between hold and release reaches the terminal in one piece: one packet over
   ssh, and no half-drawn frame. Hold says whether it could be done, release whether all of it was
   taken. After drop nothing of it is shown; after keep the next frame begins with it. */
bool frame_hold(void);
bool frame_release(void);
void frame_drop(void);
void frame_keep(void);

/* Writes on with curses, behind what it has written out. */
bool frame_write(const char *text);

/* -- output.c: what is written beside curses -- */

/* Writes all bytes or gives up: on an error, or when the terminal takes none for a second. */
bool write_all(int fd, const void *bytes, size_t length);

/* Whether the terminal can be drawn on, and whether it wraps long lines itself. */
bool output_is_usable(void);
bool output_wraps(void);

/* Bracketed paste, and the mouse if it is wanted; on with what curses writes. */
void output_modes_on(bool mouse);
void output_modes_off(void);

/* Spells out what a signal handler has to write. */
void output_prepare_rescue(const struct termios *modes);

/* -- session.c -- */

bool session_is_open(void);

/* Whether the cursor is visible; giving the terminal back shows it. */
extern bool cursor_is_shown;

/* The kernel's size within our limits; false if a limit cut it. */
bool ask_size(int *columns, int *rows);

enum { MAX_COLUMNS = 1024, MAX_ROWS = 512, COLOR_PAIR_COUNT = 16 };

#endif
