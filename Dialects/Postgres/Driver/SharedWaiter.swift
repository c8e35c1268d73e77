internal import CPostgres
internal import RowanCore

/// One query on a shared connection, and the task that waits for it.
final class SharedWaiter: @unchecked Sendable {
  // Proof for @unchecked: only touched on the lane's thread; the deinit has the only reference.

  let statement: PreparedStatement
  /// Whether the statement is prepared on the way.
  let isPreparing: Bool
  /// Whether nobody waits any more.
  var isDetached = false
  var deadline = LaneInstant.never
  private(set) var isRoused = false
  private(set) var result: OpaquePointer?
  private(set) var failure: ServerError?
  private var commandsLeft: Int
  private var continuation: UnsafeContinuation<Void, any Error>?
  private(set) var isFinished = false
  private var error: RowanError?

  init(_ statement: PreparedStatement, preparing: Bool) {
    self.statement = statement
    isPreparing = preparing
    commandsLeft = preparing ? 2 : 1
  }

  deinit { if let result { PQclear(result) } }

  /// Waits for the answer, which may have come already.
  func park(_ continuation: UnsafeContinuation<Void, any Error>) {
    if let error {
      continuation.resume(throwing: error)
    } else if isFinished {
      continuation.resume()
    } else {
      self.continuation = continuation
    }
  }

  /// Notes the end of one command.
  /// - Returns: false when there was none left, which no server does.
  func endCommand() -> Bool {
    commandsLeft -= 1
    return commandsLeft >= 0
  }

  /// Takes a result of one of the commands.
  /// - Returns: false when it is a failure.
  func take(_ new: OpaquePointer) -> Bool {
    switch PQresultStatus(new) {
    case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY, PGRES_PIPELINE_ABORTED:
      if commandsLeft == 1, failure == nil, !isDetached { result = new } else { PQclear(new) }
      return true
    default:
      if failure == nil { failure = ServerError(new) }
      PQclear(new)
      return false
    }
  }

  /// Wakes the task without an answer: it has waited so long that it had better watch for its cancellation.
  func rouse() {
    guard !isRoused else { return }
    isRoused = true
    let waiting = continuation
    continuation = nil
    waiting?.resume()
  }

  /// Lets the task go on: its answer is complete.
  func finish() {
    isFinished = true
    let waiting = continuation
    continuation = nil
    waiting?.resume()
  }

  /// Lets the task go with an error; the answer is dropped when it comes.
  func detach(_ error: RowanError) {
    guard !isFinished, !isDetached else { return }
    isDetached = true
    self.error = error
    let waiting = continuation
    continuation = nil
    waiting?.resume(throwing: error)
  }
}

/// Waiters in the order of their queries.
final class WaiterQueue {
  // Proof for the unchecked exclusivity: only touched on the lane's thread, and nothing here calls back.
  @exclusivity(unchecked) private var items: ContiguousArray<SharedWaiter?> = []
  @exclusivity(unchecked) private var head = 0

  var count: Int { items.count - head }

  var first: SharedWaiter? { head < items.count ? items[head] : nil }

  func append(_ waiter: SharedWaiter) { items.append(waiter) }

  func removeFirst() {
    guard head < items.count else { return }
    items[head] = nil
    head += 1
    if head == items.count {
      items.removeAll(keepingCapacity: true)
      head = 0
    } else if head >= 256 {
      items.removeFirst(head)
      head = 0
    }
  }

  func forEach(_ body: (SharedWaiter) -> Void) {
    for case let waiter? in items[head...] { body(waiter) }
  }

  var last: SharedWaiter? { items.last ?? nil }
}
