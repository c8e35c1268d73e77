internal import RowanCore

/// The rows of a statement in batches. Between them the statement stands still, and a read keeps its snapshot.
///
/// A time limit holds for the work on each batch; the time the caller takes between two is not counted.
final class SQLiteStream: DriverStream, @unchecked Sendable {
  // Proof for @unchecked: calls of a stream do not overlap, and it has its connection to itself until it is closed.

  private let connection: SQLiteConnection
  /// Where the connection goes at the end; nil when it is only borrowed.
  private let pool: ConnectionPool?
  private let statement: SQLiteStatement
  private let timeout: Duration?
  private let loan: UInt64
  private var isOpen = true

  /// Starts the statement.
  static func open(
    _ call: DriverCall, on connection: SQLiteConnection, of pool: ConnectionPool?
  ) async throws -> SQLiteStream {
    connection.limit(call.timeout)
    defer { connection.unlimit() }
    let statement: SQLiteStatement
    if let started = try connection.start(call) {
      statement = started
    } else {
      statement = try await connection.startWhenUnlocked(call)
    }
    return SQLiteStream(statement, connection, pool, call.timeout)
  }

  private init(
    _ statement: SQLiteStatement, _ connection: SQLiteConnection, _ pool: ConnectionPool?, _ timeout: Duration?
  ) {
    self.statement = statement
    self.connection = connection
    self.pool = pool
    self.timeout = timeout
    loan = connection.loan
    connection.openStreams += 1
  }

  deinit { end() }

  func nextBatch<R: Sendable>(
    limit: Int, _ consume: @Sendable (RowSource) throws -> R
  ) async throws -> R? {
    guard isOpen else { return nil }
    guard loan == connection.loan else {
      isOpen = false
      throw RowanError(
        .transactionClosed, "a stream was read after the connection it was opened on had been given back",
        hint: "read it to its end within the closure")
    }
    do {
      if Task.isCancelled { throw SQLiteConnection.cancelled(statement.compiled.sql) }
      connection.limit(timeout)
      defer { connection.unlimit() }
      guard try statement.hasRow() else {
        end()
        return nil
      }
      let batch = StreamBatch(statement, limit: max(1, limit))
      let result = try consume(batch)
      try batch.skipRest()
      return result
    } catch {
      end()
      throw error
    }
  }

  func close() async { end() }

  private func end() {
    guard isOpen else { return }
    isOpen = false
    guard loan == connection.loan else { return }
    connection.openStreams -= 1
    try? statement.complete()
    connection.release(statement)
    pool?.give(connection)
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
