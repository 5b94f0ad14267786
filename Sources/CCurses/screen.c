#include "internal.h"

#include <curses.h>
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

/* Cells of printable ASCII, which need none of the care that others do; false if some are not. */
static bool put_ascii(int32_t row, int32_t column, const cc_cell *cells, int32_t count) {
  static chtype out[MAX_COLUMNS];
  if (count > MAX_COLUMNS) count = MAX_COLUMNS;
  for (int32_t i = 0; i < count; i++) {
    const cc_cell *cell = &cells[i];
    uint32_t scalar = cell->scalars[0];
    if (cell->width != 1 || scalar < 0x20 || scalar > 0x7e || cell->scalars[1] != 0) return false;
    out[i] = scalar | attributes_of(cell->attributes) | (chtype)COLOR_PAIR(pair_of(cell));
  }
  mvwaddchnstr(stdscr, row, column, out, count);
  return true;
}

void cc_put_cells(int32_t row, int32_t column, const cc_cell *cells, int32_t count) {
  static cchar_t out[MAX_COLUMNS];
  if (!session_is_open() || put_ascii(row, column, cells, count)) return;
  int used = 0;
  for (int32_t i = 0; i < count && used < MAX_COLUMNS; i++) {
    if (cells[i].width == 0) continue;
    wchar_t text[CC_CELL_SCALARS + 1];
    int length = 0;
    while (length < CC_CELL_SCALARS && cells[i].scalars[length] != 0) {
      text[length] = (wchar_t)cells[i].scalars[length];
      length++;
    }
    text[length] = 0;
    attr_t attributes = attributes_of(cells[i].attributes);
    if (setcchar(&out[used], text, attributes, pair_of(&cells[i]), NULL) != OK) {
      setcchar(&out[used], L"?", A_NORMAL, 0, NULL);
    }
    used++;
  }
  mvwadd_wchnstr(stdscr, row, column, out, used);
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
