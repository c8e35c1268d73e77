/// One task that waits for a connection, numbered by the pool's owner. A number is used once.
public struct PoolWaiter: Sendable, Hashable {
  /// What tells it from the others.
  public let number: UInt64

  /// Wraps a number.
  public init(number: UInt64) { self.number = number }
}

/// What becomes of a connection that is given back.
public enum PoolDisposition: Sendable, Hashable {
  /// It is in order.
  case reuse
  /// It must be closed.
  case discard
  /// A late cancel may still hit it: it rests until it is proven clean.
  case quarantine
}

/// What happens to a pool.
public enum PoolEvent<ConnectionID: Hashable & Sendable>: Sendable {
  /// A task wants a connection, no later than the deadline. It becomes a waiter if it has to wait.
  case acquire(PoolWaiter, deadline: UInt64?)
  /// A waiter that was handed a connection has come to take it.
  case claim(PoolWaiter)
  /// A waiter gives up, whether or not it has just been handed a connection.
  case cancel(PoolWaiter)
  /// A lent connection comes back.
  case release(ConnectionID, PoolDisposition)
  /// An attempt to open, asked for by `open`, succeeded.
  case opened(ConnectionID)
  /// An attempt to open failed.
  case openFailed
  /// A quarantined connection was proven clean.
  case recovered(ConnectionID)
  /// A connection, in whatever state, is no longer usable. One that is lent is closed when it comes back.
  case lost(ConnectionID)
  /// A connection, asked for by `close`, has been closed.
  case closed(ConnectionID)
  /// Time has passed; due at `nextWake` at the latest. The first one opens the minimum.
  case tick
  /// No more leases: waiters fail, lent connections are awaited.
  case close
}

/// What the pool's owner has to do.
public enum PoolAction<ConnectionID: Hashable & Sendable>: Sendable, Equatable {
  /// The answer to `acquire` or `claim`: the connection is lent to the caller.
  case lease(ConnectionID)
  /// The answer to `acquire`: the caller waits.
  case wait
  /// The answer to `acquire` on a closed pool, or to a `claim` that has nothing to take.
  case refuse
  /// Wake this waiter; it then sends `claim`, or `cancel`.
  case handOver(ConnectionID, PoolWaiter)
  /// Start one attempt to open.
  case open
  /// Close this connection, then send `closed`.
  case close(ConnectionID)
  /// Clean this connection, then send `recovered` or `lost`.
  case quarantine(ConnectionID)
  /// Fail this waiter.
  case fail(PoolWaiter, PoolFailure)
  /// The pool was closed and its last connection is gone.
  case drained
}

/// Why a waiter fails.
public enum PoolFailure: Sendable, Hashable {
  /// Its deadline passed after waiting this many nanoseconds, with so many connections lent.
  case timedOut(waited: UInt64, holders: Int)
  /// The attempt to open that it waited for failed; the owner knows the error.
  case openFailed
  /// The pool was closed.
  case closed
}

/// The actions that follow an event, in order. At most two are held inline, so that lending and giving back allocate
/// nothing.
public struct PoolActions<ConnectionID: Hashable & Sendable>: Sequence, Sendable {
  /// The first action, which is the answer if the event was an `acquire` or a `claim`.
  public private(set) var first: PoolAction<ConnectionID>?
  private var second: PoolAction<ConnectionID>?
  private var rest: [PoolAction<ConnectionID>] = []

  init(_ first: PoolAction<ConnectionID>? = nil) {
    self.first = first
  }

  mutating func append(_ action: PoolAction<ConnectionID>) {
    if first == nil {
      first = action
    } else if second == nil {
      second = action
    } else {
      rest.append(action)
    }
  }

  /// Walks over the actions in order.
  public struct Iterator: IteratorProtocol {
    private let actions: PoolActions
    private var position = 0

    init(_ actions: PoolActions) { self.actions = actions }

    /// The next action.
    public mutating func next() -> PoolAction<ConnectionID>? {
      defer { position += 1 }
      switch position {
      case 0: return actions.first
      case 1: return actions.second
      default: return position - 2 < actions.rest.count ? actions.rest[position - 2] : nil
      }
    }
  }

  /// Walks over the actions in order.
  public func makeIterator() -> Iterator { Iterator(self) }
}
