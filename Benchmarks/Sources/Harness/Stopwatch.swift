#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Wall time and processor time, in seconds.
struct Cost {
  var wall: Double
  /// User and system time of every thread of the process.
  var cpu: Double

  static func - (left: Cost, right: Cost) -> Cost {
    Cost(wall: left.wall - right.wall, cpu: left.cpu - right.cpu)
  }

  static func / (left: Cost, operations: Int) -> Cost {
    Cost(wall: left.wall / Double(operations), cpu: left.cpu / Double(operations))
  }
}

/// Reads the clocks.
enum Stopwatch {
  /// What this process has used so far.
  static func now() -> Cost { Cost(wall: wall(), cpu: cpu(own)) }

  /// What the ended children of this process have used so far.
  static func children() -> Double { cpu(ended) }

  #if canImport(Glibc)
  private static let own = RUSAGE_SELF.rawValue
  private static let ended = RUSAGE_CHILDREN.rawValue
  #else
  private static let own = RUSAGE_SELF
  private static let ended = RUSAGE_CHILDREN
  #endif

  private static func wall() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  private static func cpu(_ whose: Int32) -> Double {
    var usage = rusage()
    getrusage(whose, &usage)
    return seconds(usage.ru_utime) + seconds(usage.ru_stime)
  }

  private static func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) * 1e-6 }
}
