#ifndef CROWANPOLLER_H
#define CROWANPOLLER_H
#include <stdint.h>

/// Readiness polling over epoll (Linux) or kqueue (Darwin, BSD), level-triggered on both.
/// Every function that can fail answers a negative errno. Glibc's Swift module does not export epoll.

enum { ROWAN_READ = 1, ROWAN_WRITE = 2, ROWAN_HANGUP = 4 };

typedef struct {
  uint64_t token;
  uint32_t ready;
} rowan_event;

typedef struct {
  int queue;
  int waker;
} rowan_poller;

/// The token of the wake-up event; it is consumed by `rowan_poller_wait` and never reported.
#define ROWAN_WAKE_TOKEN UINT64_MAX

int rowan_poller_open(rowan_poller *poller);
void rowan_poller_close(rowan_poller poller);

/// Makes a blocked `rowan_poller_wait` return. Safe from any thread.
void rowan_poller_wake(rowan_poller poller);

int rowan_poller_add(rowan_poller poller, int fd, uint32_t interest, uint64_t token);
int rowan_poller_change(rowan_poller poller, int fd, uint32_t old_interest, uint32_t interest, uint64_t token);
int rowan_poller_remove(rowan_poller poller, int fd, uint32_t interest);

/// Blocks for at most `timeout_ms` (negative: no limit) and returns how many events were stored.
int rowan_poller_wait(rowan_poller poller, rowan_event *events, int capacity, int timeout_ms);

/// Starts a detached thread. The name is cut to what the system allows.
int rowan_thread_start(const char *name, void (*body)(void *), void *context);

/// Nanoseconds of the monotonic clock.
uint64_t rowan_monotonic_now(void);

#endif
