import Synchronization

/// Lets one task through at a time, in the order of arrival. Not reentrant; waiting can be cancelled.
///
/// As long as nobody waits, going in and out is one atomic exchange each.
public final class AsyncGate: Sendable {
  private enum Mode {
    static let free: UInt8 = 0
    static let held: UInt8 = 1
    /// Held, and whoever leaves must look for waiters. Set and cleared with the lock held.
    static let contended: UInt8 = 2
  }

  private struct Line {
    var nextTicket: UInt64 = 0
    var waiters: [(ticket: UInt64, continuation: CheckedContinuation<Bool, Never>)] = []
    /// Tickets cancelled before their continuation was stored.
    var cancelled: Set<UInt64> = []
  }

  private let mode = Atomic<UInt8>(Mode.free)
  private let line = Mutex(Line())

  /// Makes an open gate.
  public init() {}

  /// Goes through at once if nobody is inside.
  public func tryEnter() -> Bool { change(Mode.free, Mode.held) }

  private func change(_ old: UInt8, _ new: UInt8) -> Bool {
    mode.compareExchange(expected: old, desired: new, ordering: .acquiringAndReleasing).exchanged
  }

  /// Goes through, waiting in line if need be.
  /// - Throws: ``RowanError/Code/cancelled`` when the task is cancelled while it waits.
  public func enter() async throws {
    if tryEnter() { return }
    let ticket = line.withLock { line in
      line.nextTicket &+= 1
      return line.nextTicket
    }
    let entered = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let answer: Bool? = line.withLock { line in
          if line.cancelled.remove(ticket) != nil { return false }
          return join(&line, ticket, continuation) ? true : nil
        }
        if let answer { continuation.resume(returning: answer) }
      }
    } onCancel: {
      let waiter = line.withLock { line -> CheckedContinuation<Bool, Never>? in
        guard let index = line.waiters.firstIndex(where: { $0.ticket == ticket }) else {
          line.cancelled.insert(ticket)
          return nil
        }
        return line.waiters.remove(at: index).continuation
      }
      waiter?.resume(returning: false)
    }
    line.withLock { line in _ = line.cancelled.remove(ticket) }
    if !entered { throw RowanError(.cancelled, "the task was cancelled while it waited", cause: CancellationError()) }
  }

  /// Goes through, waiting in line if need be, cancelled or not.
  public func enterAlways() async {
    if tryEnter() { return }
    _ = await withCheckedContinuation { continuation in
      let isInside = line.withLock { line in
        line.nextTicket &+= 1
        return join(&line, line.nextTicket, continuation)
      }
      if isInside { continuation.resume(returning: true) }
    }
  }

  /// Goes in if the gate has become free, else joins the line.
  /// - Returns: whether it went in.
  private func join(_ line: inout Line, _ ticket: UInt64, _ continuation: CheckedContinuation<Bool, Never>) -> Bool {
    while true {
      if change(Mode.free, Mode.held) { return true }
      if mode.load(ordering: .acquiring) == Mode.contended || change(Mode.held, Mode.contended) {
        line.waiters.append((ticket, continuation))
        return false
      }
    }
  }

  /// Lets the next one through.
  public func leave() {
    if change(Mode.held, Mode.free) { return }
    let next = line.withLock { line -> CheckedContinuation<Bool, Never>? in
      let next = line.waiters.isEmpty ? nil : line.waiters.removeFirst().continuation
      // Nobody else leaves, and joining takes the lock: the mode is this one's to set.
      if line.waiters.isEmpty { mode.store(next == nil ? Mode.free : Mode.held, ordering: .releasing) }
      return next
    }
    next?.resume(returning: true)
  }
}
