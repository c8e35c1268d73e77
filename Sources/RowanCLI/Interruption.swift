import Dispatch
import Synchronization
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Turns Ctrl-C and SIGTERM into the cancellation of a task, so that a run ends in a clean state: what is not committed
/// is rolled back, and the lock is given back. A second Ctrl-C ends the process at once.
enum Interruption {
  /// Runs `body` in a task that the signals cancel.
  /// - Returns: what `body` returns; the status of the signal, where one came and `body` ended because of it.
  static func watching(_ body: @escaping @Sendable () async -> ToolStatus) async -> ToolStatus {
    let task = Task { await body() }
    let seen = Mutex<ToolStatus?>(nil)
    let queue = DispatchQueue(label: "rowan.signals")
    let sources = [(SIGINT, ToolStatus.interrupted), (SIGTERM, ToolStatus.terminated)].map { number, status in
      // The default would end the process before the source is asked.
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler {
        let isFirst = seen.withLock { state in
          defer { state = state ?? status }
          return state == nil
        }
        if !isFirst { _exit(status.rawValue) }
        task.cancel()
      }
      source.resume()
      return source
    }
    let result = await task.value
    for source in sources { source.cancel() }
    if result == .interrupted, let status = seen.withLock({ $0 }) { return status }
    return result
  }
}
