#define _GNU_SOURCE
#include "bench_affinity.h"
#include <errno.h>
#include <sched.h>
#include <unistd.h>

int bench_core_count(void) { return (int)sysconf(_SC_NPROCESSORS_ONLN); }

int bench_set_affinity(int thread, int core) {
#ifdef __linux__
  cpu_set_t cores;
  CPU_ZERO(&cores);
  int count = bench_core_count();
  for (int each = 0; each < count && each < CPU_SETSIZE; each++) {
    if (core < 0 || each == core) CPU_SET(each, &cores);
  }
  if (sched_setaffinity(thread, sizeof cores, &cores) == 0) return 0;
  // The thread has ended meanwhile.
  return errno == ESRCH ? 0 : -1;
#else
  (void)thread;
  (void)core;
  return -1;
#endif
}
