#ifndef ROWAN_BENCH_AFFINITY_H
#define ROWAN_BENCH_AFFINITY_H

/// Lets a thread run on one core, or on all of them where `core` is negative.
/// Returns 0, or -1 where the system refuses or cannot.
int bench_set_affinity(int thread, int core);

/// The number of cores.
int bench_core_count(void);

#endif
