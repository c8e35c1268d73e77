#if defined(__linux__)
#define _GNU_SOURCE
#endif
#include "CRowanPoller.h"
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
  void (*body)(void *);
  void *context;
  char name[16];
} start_block;

static void *trampoline(void *argument) {
  start_block block = *(start_block *)argument;
  free(argument);
#if defined(__APPLE__)
  pthread_setname_np(block.name);
#elif defined(__linux__)
  pthread_setname_np(pthread_self(), block.name);
#endif
  block.body(block.context);
  return 0;
}

int rowan_thread_start(const char *name, void (*body)(void *), void *context) {
  start_block *block = malloc(sizeof *block);
  if (!block) return -ENOMEM;
  block->body = body;
  block->context = context;
  strncpy(block->name, name, sizeof block->name - 1);
  block->name[sizeof block->name - 1] = 0;
  pthread_attr_t attributes;
  int error = pthread_attr_init(&attributes);
  if (error == 0) {
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    // User code runs on these threads, and Darwin's default of 512 KiB is small for it.
    pthread_attr_setstacksize(&attributes, 8u << 20);
    pthread_t thread;
    error = pthread_create(&thread, &attributes, trampoline, block);
    pthread_attr_destroy(&attributes);
  }
  if (error != 0) free(block);
  return -error;
}
