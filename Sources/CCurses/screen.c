#include "internal.h"

#include <curses.h>
#include <string.h>
#include <wchar.h>

void cc_measure(int32_t *columns, int32_t *rows) {
  int new_columns, new_rows;
  ask_size(&new_columns, &new_rows);
  *columns = new_columns;
  *rows = new_rows;
  if (!session_is_open() || (getmaxx(stdscr) == new_columns && getmaxy(stdscr) == new_rows)) return;
  resize_term(new_rows, new_columns);
  /* What a terminal makes of its old contents is its own affair. */
  clearok(curscr, TRUE);
}

static attr_t attributes_of(uint8_t bits) {
  attr_t attributes = A_NORMAL;
  if (bits & CC_BOLD) attributes |= A_BOLD;
  if (bits & CC_REVERSE) attributes |= A_REVERSE;
  if (bits & CC_UNDERLINE) attributes |= A_UNDERLINE;
  return attributes;
}

static short pair_of(const cc_cell *cell) {
  return cell->color <= COLOR_PAIR_COUNT ? cell->color : 0;
}

static bool is_ascii(const cc_cell *cell) {
  return cell->width == 1 && cell->scalars[0] >= 0x20 && cell->scalars[0] <= 0x7e &&
         cell->scalars[1] == 0;
}

/* The cell as curses holds those it cannot take as chtype. A row has few of them that differ, such
   as the line beside a list, so that the last one is kept. */
static const cchar_t *wide_of(const cc_cell *cell) {
  static cc_cell last;
  static cchar_t out;
  if (last.width != 0 && memcmp(&last, cell, sizeof last) == 0) return &out;
  wchar_t text[CC_CELL_SCALARS + 1];
  int length = 0;
  while (length < CC_CELL_SCALARS && cell->scalars[length] != 0) {
    text[length] = (wchar_t)cell->scalars[length];
    length++;
  }
  text[length] = 0;
  last = *cell;
  if (setcchar(&out, text, attributes_of(cell->attributes), pair_of(cell), NULL) != OK) {
    setcchar(&out, L"?", A_NORMAL, 0, NULL);
  }
  return &out;
}

/* ASCII, of which rows consist but for some cells, goes to curses in runs and as it is. */
void cc_put_cells(int32_t row, int32_t column, const cc_cell *cells, int32_t count) {
  static chtype run[MAX_COLUMNS];
  if (!session_is_open()) return;
  for (int32_t i = 0; i < count;) {
    int32_t length = 0;
    for (; i + length < count && length < MAX_COLUMNS && is_ascii(&cells[i + length]); length++) {
      const cc_cell *cell = &cells[i + length];
      run[length] = cell->scalars[0] | attributes_of(cell->attributes) |
                    (chtype)COLOR_PAIR(pair_of(cell));
    }
    if (length > 0) {
      mvwaddchnstr(stdscr, row, column + i, run, length);
      i += length;
    } else {
      if (cells[i].width != 0) mvwadd_wchnstr(stdscr, row, column + i, wide_of(&cells[i]), 1);
      i++;
    }
  }
}

void cc_put_cursor(int32_t row, int32_t column) {
  if (!session_is_open()) return;
  bool show = row >= 0;
  if (show) wmove(stdscr, row, column);
  if (show != cursor_is_shown) curs_set(show ? 1 : 0);
  cursor_is_shown = show;
}

void cc_refresh(bool repaint) {
  if (!session_is_open()) return;
  if (repaint) clearok(curscr, TRUE);
  wnoutrefresh(stdscr);
  frame_hold();
  doupdate();
  /* What became of half a frame is unknown: the next one starts over. */
  if (!frame_release()) clearok(curscr, TRUE);
}

void cc_erase(void) {
  if (session_is_open()) werase(stdscr);
}

int32_t cc_width(uint32_t scalar) { return wcwidth((wchar_t)scalar); }
