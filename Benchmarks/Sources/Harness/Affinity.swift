#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Pins processes to one core: client and server on the same one, so that what is timed is the path and not the
/// scheduler's choice of core.
enum Affinity {
  /// Whether this system can pin.
  static var isSupported: Bool {
    #if os(Linux)
    true
    #else
    false
    #endif
  }

  /// Pins every thread of `process` (0 for this one) to one core, or lets it run on all.
  /// - Returns: whether every thread obeyed.
  static func set(_ placement: Placement, process: Int32) -> Bool {
    #if os(Linux)
    let cores = sysconf(Int32(_SC_NPROCESSORS_ONLN))
    var mask = cpu_set_t()
    withUnsafeMutableBytes(of: &mask) { bytes in
      for core in 0..<min(Int(cores), bytes.count * 8) {
        if placement == .free || core == Int(cores) - 1 { bytes[core / 8] |= 1 << UInt8(core % 8) }
      }
    }
    var obeyed = true
    for thread in threads(of: process) {
      if sched_setaffinity(thread, MemoryLayout<cpu_set_t>.size, &mask) != 0, errno != ESRCH { obeyed = false }
    }
    return obeyed
    #else
    return false
    #endif
  }

  private static func threads(of process: Int32) -> [Int32] {
    let folder = process == 0 ? "/proc/self/task" : "/proc/\(process)/task"
    return ProcFS.entries(folder).compactMap { Int32($0) }
  }
}

/// Where client and server run.
enum Placement: String {
  /// Both on one core.
  case pinned
  /// On every core.
  case free
}
