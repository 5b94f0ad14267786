#include "internal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* A session whose line is dead may hang in a write; it is gone after this many seconds all the
   same. */
#define LAST_SECONDS 4

static const struct {
  int number;
  uint32_t flag;
} caught[] = {
    {SIGWINCH, CC_SIGNAL_RESIZE},    {SIGHUP, CC_SIGNAL_HANGUP},   {SIGTERM, CC_SIGNAL_TERMINATE},
    {SIGINT, CC_SIGNAL_INTERRUPT},   {SIGCONT, CC_SIGNAL_CONTINUE}, {SIGTSTP, CC_SIGNAL_STOP},
};
#define CAUGHT (sizeof caught / sizeof *caught)

static struct sigaction earlier[CAUGHT];
static struct sigaction earlier_alarm;
static bool installed;
static int wake_pipe[2] = {-1, -1};
static atomic_uint pending;
static atomic_int ending; /* the first signal that asked for the end, or 0 */

/* Only notes and wakes: everything else happens in the loop. */
static void note(int number) {
  int saved = errno;
  for (size_t i = 0; i < CAUGHT; i++) {
    if (caught[i].number == number) atomic_fetch_or(&pending, caught[i].flag);
  }
  int none = 0;
  if ((number == SIGHUP || number == SIGTERM) &&
      atomic_compare_exchange_strong(&ending, &none, number)) {
    alarm(LAST_SECONDS);
  }
  cc_wake();
  errno = saved;
}

static void end_at_last(int number) {
  int reason = atomic_load(&ending);
  rescue_now();
  _exit(128 + (reason ? reason : number));
}

bool signals_install(void) {
  if (installed) return true;
  if (wake_pipe[0] < 0 && pipe2(wake_pipe, O_CLOEXEC | O_NONBLOCK) != 0) return false;

  struct sigaction action = {.sa_handler = note, .sa_flags = SA_RESTART};
  sigemptyset(&action.sa_mask);
  sigset_t open;
  sigemptyset(&open);
  for (size_t i = 0; i < CAUGHT; i++) {
    sigaction(caught[i].number, &action, &earlier[i]);
    sigaddset(&open, caught[i].number);
  }
  struct sigaction last = {.sa_handler = end_at_last};
  sigemptyset(&last.sa_mask);
  sigaction(SIGALRM, &last, &earlier_alarm);
  sigaddset(&open, SIGALRM);
  pthread_sigmask(SIG_UNBLOCK, &open, NULL);
  installed = true;
  return true;
}

void signals_restore(void) {
  if (!installed) return;
  bool leaving = atomic_load(&ending) != 0;
  for (size_t i = 0; i < CAUGHT; i++) {
    bool ends = caught[i].number == SIGHUP || caught[i].number == SIGTERM;
    if (!(leaving && ends)) sigaction(caught[i].number, &earlier[i], NULL);
  }
  if (!leaving) {
    sigaction(SIGALRM, &earlier_alarm, NULL);
    installed = false;
  }
}

bool signals_stop_was_ignored(void) {
  for (size_t i = 0; i < CAUGHT; i++) {
    if (caught[i].number == SIGTSTP) return earlier[i].sa_handler == SIG_IGN;
  }
  return false;
}

void signals_stop_group(void) {
  struct sigaction standard = {.sa_handler = SIG_DFL}, ours;
  sigemptyset(&standard.sa_mask);
  sigaction(SIGTSTP, &standard, &ours);
  kill(0, SIGTSTP);
  sigaction(SIGTSTP, &ours, NULL);
  atomic_fetch_and(&pending, ~(CC_SIGNAL_STOP | CC_SIGNAL_CONTINUE));
}

uint32_t cc_take_signals(void) { return atomic_exchange(&pending, 0); }

void cc_wake(void) {
  char byte = 0;
  /* A full pipe wakes as well as one more byte would. */
  if (write(wake_pipe[1], &byte, 1) < 0) return;
}

uint32_t cc_wait(int32_t timeout) {
  struct pollfd watched[] = {
      {.fd = INPUT_FD, .events = POLLIN},
      {.fd = wake_pipe[0], .events = POLLIN},
  };
  if (poll(watched, 2, timeout) <= 0) return 0;

  uint32_t seen = 0;
  if (watched[1].revents & POLLIN) {
    char drain[256];
    while (read(wake_pipe[0], drain, sizeof drain) == (ssize_t)sizeof drain) continue;
    seen |= CC_WOKEN;
  }
  if (watched[0].revents & (POLLHUP | POLLERR | POLLNVAL)) seen |= CC_HANGUP;
  if (watched[0].revents & POLLIN) {
    int bytes = 0;
    seen |= CC_INPUT;
    if (ioctl(INPUT_FD, FIONREAD, &bytes) != 0 || bytes == 0) seen |= CC_EMPTY;
  }
  return seen;
}
