#ifndef CROWANTHREAD_H
#define CROWANTHREAD_H
#include <stdint.h>
#include "CRowanPoller.h"

/// The nesting depth of query closures on this thread: the scope the next query opens at.
/// A C thread-local costs a load; a task-local costs a dictionary walk per query.
uint8_t rowan_scope_depth(void);
void rowan_set_scope_depth(uint8_t depth);

/// A small number, stable for the life of the calling thread, used to pick a cache stripe.
uint32_t rowan_thread_stripe(void);

/// Runs `body(context)` on a thread with a stack of 16 MiB and waits for it to end. Returns 0 or a negative errno.
int rowan_run_on_large_stack(void (*body)(void *), void *context);

/// The lane that owns the calling thread, or NULL.
void *rowan_current_lane(void);
void rowan_set_current_lane(void *lane);

#endif
