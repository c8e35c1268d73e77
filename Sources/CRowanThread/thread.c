#include "CRowanThread.h"
#include <stdatomic.h>

static _Thread_local uint8_t depth = 0;
static _Thread_local uint32_t stripe = 0;
static _Thread_local void *lane = 0;
static atomic_uint next_stripe = 0;

uint8_t rowan_scope_depth(void) { return depth; }
void rowan_set_scope_depth(uint8_t value) { depth = value; }

uint32_t rowan_thread_stripe(void) {
  if (stripe == 0) stripe = atomic_fetch_add_explicit(&next_stripe, 1, memory_order_relaxed) + 1;
  return stripe;
}

void *rowan_current_lane(void) { return lane; }
void rowan_set_current_lane(void *value) { lane = value; }
