internal import RowanCore
internal import Synchronization

/// The rows of a statement in batches. Between them the statement stands still, and a read keeps its snapshot.
///
/// A time limit holds for the work on each batch; the time the caller takes between two is not counted.
struct StreamReader {
  let connection: SQLiteConnection
  let statement: SQLiteStatement
  private let timeout: Duration?

  /// Starts the statement.
  static func open(_ call: DriverCall, on connection: SQLiteConnection) async throws -> StreamReader {
    connection.limit(call.timeout)
    defer { connection.unlimit() }
    let statement: SQLiteStatement
    if let started = try connection.start(call) {
      statement = started
    } else {
      statement = try await connection.startWhenUnlocked(call)
    }
    return StreamReader(connection: connection, statement: statement, timeout: call.timeout)
  }

  /// Reads a batch; nil after the last row.
  func nextBatch<R>(limit: Int, _ consume: (RowSource) throws -> R) throws -> R? {
    if Task.isCancelled { throw SQLiteConnection.cancelled(statement.compiled.sql) }
    connection.limit(timeout)
    defer { connection.unlimit() }
    guard try statement.hasRow() else { return nil }
    let batch = StreamBatch(statement, limit: max(1, limit))
    let result = try consume(batch)
    try batch.skipRest()
    return result
  }

  /// Ends the statement, whatever is left of it.
  func end() {
    // A statement that writes has made its changes with its first row; here they are kept.
    try? statement.complete()
    connection.release(statement)
  }
}

/// A stream with a connection of its own.
final class PooledStream: DriverStream, @unchecked Sendable {
  // Proof for @unchecked: calls of a stream do not overlap, and nobody else has the connection until it is given back.

  // Nil once the stream is over: a statement must not be finalized by whoever lets go of the stream last.
  private var reader: StreamReader?
  private let pool: ConnectionPool

  init(_ reader: StreamReader, of pool: ConnectionPool) {
    self.reader = reader
    self.pool = pool
  }

  deinit { end() }

  func nextBatch<R: Sendable>(
    limit: Int, _ consume: @Sendable (RowSource) throws -> R
  ) async throws -> R? {
    guard let reader else { return nil }
    do {
      if let result = try reader.nextBatch(limit: limit, consume) { return result }
    } catch {
      end()
      throw error
    }
    end()
    return nil
  }

  func close() async { end() }

  private func end() {
    guard let reader else { return }
    let connection = reader.connection
    reader.end()
    self.reader = nil
    pool.give(connection)
  }
}

/// A stream on a borrowed connection.
///
/// It may be closed late and from anywhere, even after the connection has been lent to others, so closing only leaves
/// a note; the borrower ends the statement with its next call or with the loan.
final class BorrowedStream: DriverStream, @unchecked Sendable {
  // Proof for @unchecked: the statement is touched by the connection's borrower alone; the note is atomic.

  private var reader: StreamReader?
  private let closed = Atomic(false)
  private let ended = Atomic(false)

  init(_ reader: StreamReader) { self.reader = reader }

  var isClosed: Bool { closed.load(ordering: .acquiring) }

  func nextBatch<R: Sendable>(
    limit: Int, _ consume: @Sendable (RowSource) throws -> R
  ) async throws -> R? {
    if isClosed { return nil }
    guard !ended.load(ordering: .acquiring), let reader else {
      throw RowanError(
        .transactionClosed, "a stream was read after the connection it was opened on had been given back",
        hint: "read it to its end within the closure")
    }
    do {
      if let result = try reader.nextBatch(limit: limit, consume) { return result }
    } catch {
      await close()
      throw error
    }
    await close()
    return nil
  }

  func close() async { closed.store(true, ordering: .releasing) }

  /// Ends the statement. For the connection's borrower.
  func end() {
    if ended.exchange(true, ordering: .acquiringAndReleasing) { return }
    reader?.end()
    reader = nil
  }
}

/// Up to so many rows of a statement.
private final class StreamBatch: RowSource {
  private let statement: SQLiteStatement
  private var left: Int

  init(_ statement: SQLiteStatement, limit: Int) {
    self.statement = statement
    left = limit
    super.init(cells: statement.cells, columnCount: statement.columnCount)
  }

  override func next() throws -> Bool {
    if left > 0, try statement.next() {
      left -= 1
      return true
    }
    left = 0
    affectedRows = statement.affectedRows
    lastInsertID = statement.lastInsertID
    return false
  }

  /// Passes over what the reader left of the batch.
  func skipRest() throws {
    while try next() {}
  }

  override var columnNames: [String] { statement.columnNames }

  override func wireType(_ column: Int) -> String? { statement.wireType(column) }
}
