import BenchAffinity

/// Where client and server run.
enum Placement: String {
  /// Both on one core: what is timed is the path, not the scheduler's choice of core.
  case pinned
  /// On every core.
  case free

  /// Has every thread of `processes` run there, those of this process included.
  /// - Returns: whether every thread obeyed.
  func apply(to processes: [Int32]) -> Bool {
    let core = self == .pinned ? bench_core_count() - 1 : -1
    var obeyed = true
    for folder in ["/proc/self/task"] + processes.map({ "/proc/\($0)/task" }) {
      let threads = ProcFS.entries(folder).compactMap { Int32($0) }
      if threads.isEmpty { obeyed = false }
      for thread in threads where bench_set_affinity(thread, core) != 0 { obeyed = false }
    }
    return obeyed
  }
}
