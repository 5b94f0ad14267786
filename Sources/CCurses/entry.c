/*
 * Where the program of `make release` is entered, ahead of the C library.
 *
 * As a position-independent program without a loader it relocates itself first: it writes 125,000
 * words on some 380 pages. The C library would do it in one pass behind another, in which the kernel
 * brings the pages in; here they are brought in and relocated a part at a time, while the part is in
 * the processor's cache, one twentieth of a start. Nothing is relocated yet: no library, no table of
 * addresses, no pointers in globals.
 */
#include "internal.h"

#include <elf.h>
#include <sys/mman.h>
#include <sys/syscall.h>

#if defined(__x86_64__)

/* Brought in at a time, and relocated while they are in the processor's cache. */
#define PART (64 * PAGE)
/* What a start touches of the zeros lies at their beginning (console.order): most of it is read before
   it is written, which brings a page in twice. */
#define ZEROS (64 * PAGE)

extern const Elf64_Ehdr __ehdr_start __attribute__((visibility("hidden")));
extern char __bss_start[] __attribute__((visibility("hidden")));
extern char _end[] __attribute__((visibility("hidden")));
extern Elf64_Dyn _DYNAMIC[] __attribute__((visibility("hidden")));

__asm__(
    ".globl cc_entry\n"
    ".type cc_entry, @function\n"
    "cc_entry:\n"
    "  pushq %rdx\n" /* what the kernel left for _start, and the stack as a call wants it */
    "  pushq %rdx\n"
    "  call cc_relocate\n"
    "  popq %rdx\n"
    "  popq %rdx\n"
    "  jmp _start\n");

static void populate(uintptr_t start, uintptr_t end) {
  long status = SYS_madvise;
  /* Where the kernel does not know it (before Linux 5.14), pages come one by one as ever. */
  __asm__ volatile("syscall"
                   : "+a"(status)
                   : "D"(start), "S"(end - start), "d"((long)MADV_POPULATE_WRITE)
                   : "rcx", "r11", "memory");
}

/* An entry speaks of one word, by its address, or else by its bits of the 63 behind those before. */
static bool is_address(Elf64_Relr entry) { return (entry & 1) == 0; }

/* The first word an entry speaks of; `next` moves behind the last. */
static uintptr_t *words_of(Elf64_Relr entry, uintptr_t base, uintptr_t **next) {
  uintptr_t *first = is_address(entry) ? (uintptr_t *)(base + entry) : *next;
  *next = first + (is_address(entry) ? 1 : 63);
  return first;
}

static void relocate(Elf64_Relr entry, uintptr_t *words, uintptr_t base) {
  Elf64_Relr bits = is_address(entry) ? 1 : entry >> 1;
  for (; bits != 0; bits &= bits - 1) words[__builtin_ctzl(bits)] += base;
}

/* Applies the relative relocations, packed and in order (DT_RELR), and leaves the C library none. */
__attribute__((visibility("hidden"), used)) void cc_relocate(void) {
  uintptr_t base = (uintptr_t)&__ehdr_start;
  const Elf64_Relr *entry = NULL;
  Elf64_Dyn *size = NULL;
  for (Elf64_Dyn *tag = _DYNAMIC; tag->d_tag != DT_NULL; tag++) {
    if (tag->d_tag == DT_RELR) entry = (const Elf64_Relr *)(base + tag->d_un.d_ptr);
    if (tag->d_tag == DT_RELRSZ) size = tag;
  }
  if (entry == NULL || size == NULL) return;
  const Elf64_Relr *end = entry + size->d_un.d_val / sizeof *entry;
  uintptr_t *next = NULL;
  while (entry < end) {
    const Elf64_Relr *part = entry;
    uintptr_t *behind = next;
    uintptr_t start = 0, stop = 0;
    for (; part < end; part++, stop = (uintptr_t)behind) {
      uintptr_t first = (uintptr_t)words_of(*part, base, &behind);
      if (stop == 0) start = first & -(uintptr_t)PAGE;
      if (first >= start + PART) break;
    }
    populate(start, (stop + PAGE - 1) & -(uintptr_t)PAGE);
    for (; entry < part; entry++) relocate(*entry, words_of(*entry, base, &next), base);
  }
  size->d_un.d_val = 0;

  uintptr_t zeros = (uintptr_t)__bss_start & -(uintptr_t)PAGE;
  uintptr_t behind = ((uintptr_t)_end + PAGE - 1) & -(uintptr_t)PAGE;
  populate(zeros, behind - zeros < ZEROS ? behind : zeros + ZEROS);
}

#endif
