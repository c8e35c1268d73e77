#include "CRowanThread.h"
#include <pthread.h>

typedef struct {
  void (*body)(void *);
  void *context;
} large_stack_call;

static void *large_stack_main(void *argument) {
  large_stack_call *call = argument;
  call->body(call->context);
  return 0;
}

int rowan_run_on_large_stack(void (*body)(void *), void *context) {
  large_stack_call call = {body, context};
  pthread_attr_t attributes;
  int error = pthread_attr_init(&attributes);
  if (error != 0) return -error;
  pthread_attr_setstacksize(&attributes, 16u << 20);
  pthread_t thread;
  error = pthread_create(&thread, &attributes, large_stack_main, &call);
  pthread_attr_destroy(&attributes);
  if (error == 0) error = pthread_join(thread, 0);
  return -error;
}
