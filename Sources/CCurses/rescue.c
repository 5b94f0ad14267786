#include "internal.h"

#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <pthread.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <ucontext.h>
#include <unistd.h>

static struct termios first_modes;
static char restore_bytes[512];
static size_t restore_length;
static atomic_bool armed;
static atomic_flag crashing = ATOMIC_FLAG_INIT;

static char build[2 * 20 + 1] = "unknown";
static uintptr_t load_address;
static uintptr_t code_start, code_end;

void rescue_prepare(const struct termios *modes, const char *bytes, size_t length) {
  first_modes = *modes;
  restore_length = length < sizeof restore_bytes ? length : sizeof restore_bytes;
  memcpy(restore_bytes, bytes, restore_length);
}

void rescue_arm(bool value) { atomic_store(&armed, value); }

void rescue_now(void) {
  if (!atomic_exchange(&armed, false)) return;
  /* Never wait for a terminal that takes nothing more. */
  int flags = fcntl(OUTPUT_FD, F_GETFL);
  if (flags >= 0) fcntl(OUTPUT_FD, F_SETFL, flags | O_NONBLOCK);
  if (write(OUTPUT_FD, restore_bytes, restore_length) < 0) errno = 0;
  if (flags >= 0) fcntl(OUTPUT_FD, F_SETFL, flags);
  tcsetattr(INPUT_FD, TCSANOW, &first_modes);
}

/* -- The crash ------------------------------------------------------------------------------ */

typedef struct {
  char text[512];
  size_t length;
} line;

static void add(line *to, const char *text) {
  while (*text && to->length < sizeof to->text) to->text[to->length++] = *text++;
}

static void add_hex(line *to, uintptr_t number) {
  char digits[2 * sizeof number + 1];
  size_t at = sizeof digits - 1;
  digits[at] = 0;
  do {
    digits[--at] = "0123456789abcdef"[number & 15];
    number >>= 4;
  } while (number != 0);
  add(to, "0x");
  add(to, digits + at);
}

static const char *name_of(int number) {
  switch (number) {
    case SIGILL: return "SIGILL";
    case SIGTRAP: return "SIGTRAP";
    case SIGSEGV: return "SIGSEGV";
    case SIGBUS: return "SIGBUS";
    case SIGFPE: return "SIGFPE";
    case SIGABRT: return "SIGABRT";
    default: return "a signal";
  }
}

static uintptr_t program_counter(const void *context) {
  const ucontext_t *state = context;
#if defined(__x86_64__)
  return (uintptr_t)state->uc_mcontext.gregs[REG_RIP];
#elif defined(__aarch64__)
  return (uintptr_t)state->uc_mcontext.pc;
#else
  (void)state;
  return 0;
#endif
}

static void crash(int number, siginfo_t *info, void *context) {
  /* The first thread to crash speaks; others wait for the end. */
  if (atomic_flag_test_and_set(&crashing)) {
    for (;;) pause();
  }
  rescue_now();
  int fd = errors_fd();
  errors_rescue(fd);

  line said = {.length = 0};
  uintptr_t at = program_counter(context);
  add(&said, "\r\n");
  add(&said, program_invocation_short_name);
  add(&said, " crashed: ");
  add(&said, name_of(number));
  add(&said, " at ");
  add_hex(&said, at);
  if (at >= code_start && at < code_end) {
    add(&said, " (offset ");
    add_hex(&said, at - load_address);
    add(&said, ")");
  }
  /* Positive where the processor said so; a signal somebody sent has no address. */
  if (info->si_code > 0 && (number == SIGSEGV || number == SIGBUS)) {
    add(&said, ", address ");
    add_hex(&said, (uintptr_t)info->si_addr);
  }
  add(&said, ", build ");
  add(&said, build);
  add(&said, ".\r\nNothing unfinished was kept. Please report this line.\r\n");
  if (write(fd, said.text, said.length) < 0) errno = 0;

  /* The handler was reset as it was entered: this ends the process with the true signal. */
  raise(number);
  _exit(128 + number);
}

/* Finds where the program lies and what it was built from; the first object is the program. */
static int look_at_program(struct dl_phdr_info *info, size_t size, void *unused) {
  (void)size;
  (void)unused;
  load_address = info->dlpi_addr;
  for (size_t i = 0; i < info->dlpi_phnum; i++) {
    const ElfW(Phdr) *part = &info->dlpi_phdr[i];
    uintptr_t start = info->dlpi_addr + part->p_vaddr;
    if (part->p_type == PT_LOAD && (part->p_flags & PF_X)) {
      code_start = start;
      code_end = start + part->p_memsz;
    }
    if (part->p_type != PT_NOTE) continue;
    const char *next = (const char *)start, *end = next + part->p_memsz;
    while (end - next >= (ptrdiff_t)sizeof(ElfW(Nhdr))) {
      const ElfW(Nhdr) *note = (const ElfW(Nhdr) *)next;
      const char *name = next + sizeof *note;
      const unsigned char *body = (const unsigned char *)name + ((note->n_namesz + 3u) & ~3u);
      if (note->n_type == NT_GNU_BUILD_ID && note->n_namesz == 4 && memcmp(name, "GNU", 4) == 0) {
        size_t count = note->n_descsz < 20 ? note->n_descsz : 20;
        for (size_t byte = 0; byte < count; byte++) {
          build[2 * byte] = "0123456789abcdef"[body[byte] >> 4];
          build[2 * byte + 1] = "0123456789abcdef"[body[byte] & 15];
        }
        build[2 * count] = 0;
      }
      next = (const char *)body + ((note->n_descsz + 3u) & ~3u);
    }
  }
  return 1;
}

void cc_guard_crashes(void) {
  static _Alignas(16) char stack[64 * 1024];
  static const int numbers[] = {SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT};

  struct rlimit none = {0, 0};
  setrlimit(RLIMIT_CORE, &none);
  prctl(PR_SET_DUMPABLE, 0);

  dl_iterate_phdr(look_at_program, NULL);
  stack_t alternate = {.ss_sp = stack, .ss_size = sizeof stack};
  sigaltstack(&alternate, NULL);

  struct sigaction action = {
      .sa_sigaction = crash,
      .sa_flags = SA_SIGINFO | SA_ONSTACK | (int)SA_RESETHAND | SA_NODEFER,
  };
  sigemptyset(&action.sa_mask);
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
    sigaction(numbers[i], &action, NULL);
  }
}
