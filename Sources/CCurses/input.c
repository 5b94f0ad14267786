#include "internal.h"

#include <curses.h>
#include <string.h>
#include <wchar.h>

static mbstate_t unfinished; /* bytes of a scalar whose rest has not come yet */
static bool is_unfinished;

static const struct {
  int code;
  uint32_t key;
} names[] = {
    {KEY_UP, CC_KEY_UP},          {KEY_DOWN, CC_KEY_DOWN},
    {KEY_LEFT, CC_KEY_LEFT},      {KEY_RIGHT, CC_KEY_RIGHT},
    {KEY_HOME, CC_KEY_HOME},      {KEY_END, CC_KEY_END},
    {KEY_PPAGE, CC_KEY_PAGE_UP},  {KEY_NPAGE, CC_KEY_PAGE_DOWN},
    {KEY_IC, CC_KEY_INSERT},      {KEY_DC, CC_KEY_DELETE},
    {KEY_ENTER, CC_KEY_ENTER},    {KEY_BACKSPACE, CC_KEY_BACKSPACE},
    {KEY_BTAB, CC_KEY_BACK_TAB},  {KEY_FIND, CC_KEY_HOME},
    {KEY_SELECT, CC_KEY_END},     {KEY_A1, CC_KEY_HOME},
    {KEY_A3, CC_KEY_PAGE_UP},     {KEY_C1, CC_KEY_END},
    {KEY_C3, CC_KEY_PAGE_DOWN},   {KEY_SR, CC_KEY_UP},
    {KEY_SF, CC_KEY_DOWN},        {KEY_SLEFT, CC_KEY_LEFT},
    {KEY_SRIGHT, CC_KEY_RIGHT},   {KEY_SHOME, CC_KEY_HOME},
    {KEY_SEND, CC_KEY_END},       {KEY_SPREVIOUS, CC_KEY_PAGE_UP},
    {KEY_SNEXT, CC_KEY_PAGE_DOWN}, {KEY_SIC, CC_KEY_INSERT},
    {KEY_SDC, CC_KEY_DELETE},
};

/* Keys with modifiers have no codes of their own, only the names terminfo gives them. */
static const struct {
  const char *name;
  uint32_t key;
} extended[] = {
    {"kUP", CC_KEY_UP},       {"kDN", CC_KEY_DOWN},      {"kLFT", CC_KEY_LEFT},
    {"kRIT", CC_KEY_RIGHT},   {"kHOM", CC_KEY_HOME},     {"kEND", CC_KEY_END},
    {"kPRV", CC_KEY_PAGE_UP}, {"kNXT", CC_KEY_PAGE_DOWN}, {"kIC", CC_KEY_INSERT},
    {"kDC", CC_KEY_DELETE},
};

static cc_input key_of(int code) {
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    if (names[i].code == code) return (cc_input){CC_KEY, names[i].key};
  }
  if (code > KEY_F0 && code <= KEY_F(63)) {
    return (cc_input){CC_KEY, CC_KEY_FUNCTION + (uint32_t)(code - KEY_F0)};
  }
  const char *name = code > KEY_MAX ? keyname(code) : NULL;
  for (size_t i = 0; name != NULL && i < sizeof extended / sizeof *extended; i++) {
    size_t length = strlen(extended[i].name);
    if (strncmp(name, extended[i].name, length) == 0 && strlen(name) <= length + 1) {
      return (cc_input){CC_KEY, extended[i].key};
    }
  }
  return (cc_input){CC_IGNORED, 0};
}

/* Bytes, not wide characters, are asked of curses: get_wch() loses the first bytes of a scalar
   whose last ones come a moment later, and everything beyond ASCII in the locale C. */
cc_input cc_read(int32_t patience) {
  static int32_t current_patience;
  if (stdscr == NULL) return (cc_input){CC_NOTHING, 0};
  if (patience != current_patience) wtimeout(stdscr, patience);
  current_patience = patience;

  for (;;) {
    int code = wgetch(stdscr);
    if (code == ERR) return (cc_input){CC_NOTHING, 0};
    if (code == KEY_RESIZE) continue;
    if (code > 0xff) {
      is_unfinished = false;
      return key_of(code);
    }
    if (!is_unfinished) memset(&unfinished, 0, sizeof unfinished);
    char byte = (char)code;
    wchar_t scalar;
    size_t length = mbrtowc(&scalar, &byte, 1, &unfinished);
    bool broke_off = is_unfinished && code < 0x80;
    is_unfinished = length == (size_t)-2;
    if (is_unfinished) continue;
    if (broke_off) return (cc_input){CC_SCALAR, (uint32_t)code};
    if (length == (size_t)-1) return (cc_input){CC_SCALAR, 0xfffd};
    return (cc_input){CC_SCALAR, (uint32_t)scalar};
  }
}

int32_t cc_escape_delay(void) { return get_escdelay(); }

void cc_flush_input(void) {
  flushinp();
  is_unfinished = false;
}
