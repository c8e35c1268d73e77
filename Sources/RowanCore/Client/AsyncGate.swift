import Synchronization

/// Lets one task through at a time, in the order of arrival. Not reentrant; waiting can be cancelled.
public final class AsyncGate: Sendable {
  private struct State {
    var held = false
    var nextTicket: UInt64 = 0
    var waiters: [(ticket: UInt64, continuation: CheckedContinuation<Bool, Never>)] = []
    /// Tickets cancelled before their continuation was stored.
    var cancelled: Set<UInt64> = []
  }

  private let state = Mutex(State())

  /// Makes an open gate.
  public init() {}

  /// Goes through at once if nobody is inside.
  public func tryEnter() -> Bool {
    state.withLock { state in
      if state.held { return false }
      state.held = true
      return true
    }
  }

  /// Goes through, waiting in line if need be.
  /// - Throws: ``RowanError/Code/cancelled`` when the task is cancelled while it waits.
  public func enter() async throws {
    if tryEnter() { return }
    let ticket = state.withLock { state in
      state.nextTicket &+= 1
      return state.nextTicket
    }
    let entered = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let answer: Bool? = state.withLock { state in
          if state.cancelled.remove(ticket) != nil { return false }
          if !state.held {
            state.held = true
            return true
          }
          state.waiters.append((ticket, continuation))
          return nil
        }
        if let answer { continuation.resume(returning: answer) }
      }
    } onCancel: {
      let waiter = state.withLock { state -> CheckedContinuation<Bool, Never>? in
        guard let index = state.waiters.firstIndex(where: { $0.ticket == ticket }) else {
          state.cancelled.insert(ticket)
          return nil
        }
        return state.waiters.remove(at: index).continuation
      }
      waiter?.resume(returning: false)
    }
    state.withLock { state in _ = state.cancelled.remove(ticket) }
    if !entered { throw RowanError(.cancelled, "the task was cancelled while it waited", cause: CancellationError()) }
  }

  /// Goes through, waiting in line if need be, cancelled or not.
  public func enterAlways() async {
    if tryEnter() { return }
    _ = await withCheckedContinuation { continuation in
      let isFree = state.withLock { state in
        if !state.held {
          state.held = true
          return true
        }
        state.nextTicket &+= 1
        state.waiters.append((state.nextTicket, continuation))
        return false
      }
      if isFree { continuation.resume(returning: true) }
    }
  }

  /// Lets the next one through.
  public func leave() {
    let next = state.withLock { state -> CheckedContinuation<Bool, Never>? in
      if state.waiters.isEmpty {
        state.held = false
        return nil
      }
      return state.waiters.removeFirst().continuation
    }
    next?.resume(returning: true)
  }
}
