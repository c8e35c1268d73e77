#if defined(__linux__)
#define _GNU_SOURCE
#endif
#include "CRowanPoller.h"
#include <errno.h>
#include <time.h>
#include <unistd.h>

#define BATCH 64

uint64_t rowan_monotonic_now(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

#if defined(__linux__)
#include <sys/epoll.h>
#include <sys/eventfd.h>

static uint32_t to_epoll(uint32_t interest) {
  return ((interest & ROWAN_READ) ? EPOLLIN : 0u) | ((interest & ROWAN_WRITE) ? EPOLLOUT : 0u);
}

static int control(rowan_poller poller, int operation, int fd, uint32_t events, uint64_t token) {
  struct epoll_event event = {.events = events, .data.u64 = token};
  return epoll_ctl(poller.queue, operation, fd, &event) == 0 ? 0 : -errno;
}

int rowan_poller_open(rowan_poller *poller) {
  poller->queue = epoll_create1(EPOLL_CLOEXEC);
  if (poller->queue < 0) return -errno;
  poller->waker = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (poller->waker < 0) {
    int error = errno;
    close(poller->queue);
    return -error;
  }
  // Edge-triggered: each write is a new edge, so the counter is never read back.
  int result = control(*poller, EPOLL_CTL_ADD, poller->waker, EPOLLIN | EPOLLET, ROWAN_WAKE_TOKEN);
  if (result < 0) rowan_poller_close(*poller);
  return result;
}

void rowan_poller_close(rowan_poller poller) {
  close(poller.waker);
  close(poller.queue);
}

void rowan_poller_wake(rowan_poller poller) {
  uint64_t one = 1;
  while (write(poller.waker, &one, sizeof one) < 0) {
    if (errno == EINTR) continue;
    if (errno != EAGAIN) return;
    // The counter is full, which takes 2^64 - 2 wake-ups: empty it, so that the next write is an edge again.
    uint64_t drained;
    if (read(poller.waker, &drained, sizeof drained) < 0 && errno != EAGAIN && errno != EINTR) return;
  }
}

int rowan_poller_add(rowan_poller poller, int fd, uint32_t interest, uint64_t token) {
  return control(poller, EPOLL_CTL_ADD, fd, to_epoll(interest), token);
}

int rowan_poller_change(rowan_poller poller, int fd, uint32_t old_interest, uint32_t interest, uint64_t token) {
  (void)old_interest;
  return control(poller, EPOLL_CTL_MOD, fd, to_epoll(interest), token);
}

int rowan_poller_remove(rowan_poller poller, int fd, uint32_t interest) {
  (void)interest;
  return control(poller, EPOLL_CTL_DEL, fd, 0, 0);
}

int rowan_poller_wait(rowan_poller poller, rowan_event *events, int capacity, int timeout_ms) {
  struct epoll_event raw[BATCH];
  int count = epoll_wait(poller.queue, raw, capacity < BATCH ? capacity : BATCH, timeout_ms);
  if (count < 0) return errno == EINTR ? 0 : -errno;
  int stored = 0;
  for (int i = 0; i < count; i++) {
    if (raw[i].data.u64 == ROWAN_WAKE_TOKEN) continue;
    uint32_t got = raw[i].events;
    events[stored].token = raw[i].data.u64;
    events[stored].ready = ((got & EPOLLIN) ? ROWAN_READ : 0u) | ((got & EPOLLOUT) ? ROWAN_WRITE : 0u) |
                           ((got & (EPOLLHUP | EPOLLERR)) ? ROWAN_HANGUP : 0u);
    stored++;
  }
  return stored;
}

#else
#include <fcntl.h>
#include <sys/event.h>

static int change(rowan_poller poller, int fd, int16_t filter, uint16_t flags, uint64_t token) {
  struct kevent event;
  EV_SET(&event, (uintptr_t)fd, filter, flags, 0, 0, (void *)(uintptr_t)token);
  return kevent(poller.queue, &event, 1, 0, 0, 0) == 0 ? 0 : -errno;
}

int rowan_poller_open(rowan_poller *poller) {
  poller->waker = -1;
  poller->queue = kqueue();
  if (poller->queue < 0) return -errno;
  fcntl(poller->queue, F_SETFD, FD_CLOEXEC);
  struct kevent event;
  EV_SET(&event, 0, EVFILT_USER, EV_ADD | EV_CLEAR, 0, 0, 0);
  if (kevent(poller->queue, &event, 1, 0, 0, 0) == 0) return 0;
  int error = errno;
  close(poller->queue);
  return -error;
}

void rowan_poller_close(rowan_poller poller) { close(poller.queue); }

void rowan_poller_wake(rowan_poller poller) {
  struct kevent event;
  EV_SET(&event, 0, EVFILT_USER, 0, NOTE_TRIGGER, 0, 0);
  while (kevent(poller.queue, &event, 1, 0, 0, 0) < 0 && errno == EINTR) {
  }
}

int rowan_poller_add(rowan_poller poller, int fd, uint32_t interest, uint64_t token) {
  return rowan_poller_change(poller, fd, 0, interest, token);
}

int rowan_poller_change(rowan_poller poller, int fd, uint32_t old_interest, uint32_t interest, uint64_t token) {
  uint32_t added = interest & ~old_interest, removed = old_interest & ~interest;
  int result = 0;
  if (added & ROWAN_READ) result = change(poller, fd, EVFILT_READ, EV_ADD, token);
  if (result == 0 && (added & ROWAN_WRITE)) result = change(poller, fd, EVFILT_WRITE, EV_ADD, token);
  if (result == 0 && (removed & ROWAN_READ)) result = change(poller, fd, EVFILT_READ, EV_DELETE, token);
  if (result == 0 && (removed & ROWAN_WRITE)) result = change(poller, fd, EVFILT_WRITE, EV_DELETE, token);
  return result;
}

int rowan_poller_remove(rowan_poller poller, int fd, uint32_t interest) {
  return rowan_poller_change(poller, fd, interest, 0, 0);
}

int rowan_poller_wait(rowan_poller poller, rowan_event *events, int capacity, int timeout_ms) {
  struct kevent raw[BATCH];
  struct timespec limit = {.tv_sec = timeout_ms / 1000, .tv_nsec = (long)(timeout_ms % 1000) * 1000000};
  int count = kevent(poller.queue, 0, 0, raw, capacity < BATCH ? capacity : BATCH, timeout_ms < 0 ? 0 : &limit);
  if (count < 0) return errno == EINTR ? 0 : -errno;
  int stored = 0;
  for (int i = 0; i < count; i++) {
    if (raw[i].filter == EVFILT_USER) continue;
    events[stored].token = (uint64_t)(uintptr_t)raw[i].udata;
    events[stored].ready = (raw[i].filter == EVFILT_WRITE ? ROWAN_WRITE : ROWAN_READ) |
                           ((raw[i].flags & (EV_EOF | EV_ERROR)) ? ROWAN_HANGUP : 0u);
    stored++;
  }
  return stored;
}
#endif
