internal import Synchronization

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Keeps a process that ends from freeing what its helper threads are using.
enum ProcessExit {
  private static let inside = Atomic<Int>(0)
  private static let isExiting = Atomic<Bool>(false)
  private static let calls = Atomic<Int>(0)
  /// How long the end is put off, in milliseconds: a handshake takes a few, and a call that takes longer waits for its
  /// peer, outside of the tables that are freed.
  private static let patience = 2000

  /// Runs `body`, and has the process wait for it.
  static func delay(_ body: () -> Void) {
    inside.add(1, ordering: .sequentiallyConsistent)
    // What begins now is of no use to anybody: the thread ends with the process.
    if isExiting.load(ordering: .sequentiallyConsistent) {
      inside.subtract(1, ordering: .sequentiallyConsistent)
      while true { pause() }
    }
    body()
    // Handlers run in the reverse order of their registration, and only those that are registered after a library's own
    // run before it. When a library first registers one is its own affair, so that this is repeated, less and less often.
    let count = calls.add(1, ordering: .relaxed).newValue
    if count & (count &- 1) == 0 { atexit { ProcessExit.wait() } }
    inside.subtract(1, ordering: .sequentiallyConsistent)
  }

  private static func wait() {
    isExiting.store(true, ordering: .sequentiallyConsistent)
    for _ in 0..<patience where inside.load(ordering: .sequentiallyConsistent) > 0 { usleep(1000) }
  }
}
