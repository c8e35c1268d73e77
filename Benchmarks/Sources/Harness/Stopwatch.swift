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
  static func now() -> Cost { Cost(wall: wall(), cpu: cpu(RUSAGE_SELF)) }

  /// What the ended children of this process have used so far.
  static func children() -> Double { cpu(RUSAGE_CHILDREN) }

  private static func wall() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  #if canImport(Glibc)
  private static func cpu(_ who: __rusage_who) -> Double { cpu(Int32(bitPattern: who.rawValue)) }
  #endif

  private static func cpu(_ who: Int32) -> Double {
    var usage = rusage()
    getrusage(who, &usage)
    return seconds(usage.ru_utime) + seconds(usage.ru_stime)
  }

  private static func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) * 1e-6 }
}
