/*
 * Where the program of `make release` is entered, ahead of the C library.
 *
 * As a position-independent program without a loader it relocates itself first: it writes to some 370
 * pages, and the kernel would bring each in when it is written to, one part in fourteen of a start.
 * Here it is asked for all of them at once. Nothing is relocated yet: no library, no table of
 * addresses, no pointers in globals.
 */
#include "internal.h"

#include <elf.h>
#include <sys/mman.h>
#include <sys/syscall.h>

#if defined(__x86_64__)

#define WORD sizeof(uintptr_t)
/* Pages between two ranges that are rather brought in for nothing than asked for apart. */
#define GAP (8 * PAGE)

extern const Elf64_Ehdr __ehdr_start __attribute__((visibility("hidden")));
extern const Elf64_Dyn _DYNAMIC[] __attribute__((visibility("hidden")));

__asm__(
    ".globl cc_entry\n"
    ".type cc_entry, @function\n"
    "cc_entry:\n"
    "  pushq %rdx\n" /* what the kernel left for _start, and the stack as a call wants it */
    "  pushq %rdx\n"
    "  call cc_take_relocated\n"
    "  popq %rdx\n"
    "  popq %rdx\n"
    "  jmp _start\n");

static void populate(uintptr_t start, uintptr_t end) {
  if (start == end) return;
  long status = SYS_madvise;
  /* Where the kernel does not know it (before Linux 5.14), pages come one by one as ever. */
  __asm__ volatile("syscall"
                   : "+a"(status)
                   : "D"(start), "S"(end - start), "d"((long)MADV_POPULATE_WRITE)
                   : "rcx", "r11", "memory");
}

/* Brings in what the relative relocations write to, which come packed and in order (DT_RELR). */
__attribute__((visibility("hidden"), used)) void cc_take_relocated(void) {
  uintptr_t base = (uintptr_t)&__ehdr_start;
  const Elf64_Relr *packed = NULL;
  size_t count = 0;
  for (const Elf64_Dyn *entry = _DYNAMIC; entry->d_tag != DT_NULL; entry++) {
    if (entry->d_tag == DT_RELR) packed = (const Elf64_Relr *)(base + entry->d_un.d_ptr);
    if (entry->d_tag == DT_RELRSZ) count = entry->d_un.d_val / sizeof *packed;
  }
  uintptr_t start = 0, end = 0, next = 0;
  for (size_t i = 0; i < count; i++) {
    /* Even: the address of a word. Odd: bits for the 63 words behind the last. */
    bool is_address = (packed[i] & 1) == 0;
    uintptr_t first = is_address ? base + packed[i] : next;
    next = first + (is_address ? WORD : 63 * WORD);
    if (first > end + GAP) {
      populate(start, end);
      start = first & -(uintptr_t)PAGE;
    }
    end = (next + PAGE - 1) & -(uintptr_t)PAGE;
  }
  populate(start, end);
}

#endif
