internal import CSQLite
internal import RowanCore

/// Stops a running statement, from within.
///
/// SQLite calls back every few thousand steps of its virtual machine, on the thread and in the task that run the query;
/// what has no deadline and is not cancelled costs one load there. An interrupt from another thread could arrive late
/// and hit the next query; this cannot. <https://sqlite.org/c3ref/progress_handler.html>
final class Interruption: @unchecked Sendable {
  // Proof for @unchecked: everything is touched by the connection's borrower alone.

  enum Reason { case cancelled, timeout, closed }

  /// When the running statement is to stop.
  @exclusivity(unchecked) var deadline = Deadline.none
  /// Whether nothing may stop it: a COMMIT or ROLLBACK.
  @exclusivity(unchecked) var isShielded = false
  /// Why the last statement was stopped.
  @exclusivity(unchecked) private(set) var reason: Reason?

  private let closing: ClosingFlag

  init(closing: ClosingFlag) { self.closing = closing }

  func install(on db: OpaquePointer) {
    sqlite3_progress_handler(db, 4096, Self.callback, Unmanaged.passUnretained(self).toOpaque())
  }

  /// Takes the reason, so that the next failure finds none.
  func takeReason() -> Reason? {
    defer { reason = nil }
    return reason
  }

  private func shouldStop() -> Bool {
    if isShielded { return false }
    if closing.isRaised {
      reason = .closed
    } else if Task.isCancelled {
      reason = .cancelled
    } else if deadline != .none, Deadline.now >= deadline {
      reason = .timeout
    } else {
      return false
    }
    return true
  }

  private static let callback: @convention(c) (UnsafeMutableRawPointer?) -> Int32 = { context in
    guard let context else { return 0 }
    // Proof: the connection that owns the handle owns this object too.
    return Unmanaged<Interruption>.fromOpaque(context).takeUnretainedValue().shouldStop() ? 1 : 0
  }
}
