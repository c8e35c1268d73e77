internal import CMariaDB
internal import RowanCore

/// Rows that stay on the wire until they are asked for, so that a result of any size takes the memory of one batch.
///
/// The connection is held meanwhile. Server-side cursors would free it, at 1.5 to 2 times the cost.
final class MySQLStream: DriverStream, @unchecked Sendable {
  // Proof for @unchecked: the mutable fields are only touched on the connection's lane.

  private let connection: MySQLConnection
  private let statement: MySQLStatement
  private let rows: MySQLBatchRows
  private let deadline: LaneInstant?
  private let sql: String
  /// Whether the last row was read, or there never was one.
  private var isComplete: Bool
  private var hasEnded = false
  /// Gives the connection back; nil where somebody else does.
  private var onEnd: (@Sendable () -> Void)?

  /// A batch ends early at so many bytes, whatever was asked for.
  private static let batchBytes = 4 << 20
  /// How many rows are read in order to keep the connection, rather than have the server stop.
  private static let rowsToDrain = 1000

  fileprivate init(
    _ connection: MySQLConnection, _ statement: MySQLStatement, _ deadline: LaneInstant?,
    onEnd: (@Sendable () -> Void)?
  ) {
    self.connection = connection
    self.statement = statement
    self.deadline = deadline
    self.onEnd = onEnd
    sql = statement.compiled.sql
    isComplete = connection.unread !== statement
    rows = MySQLBatchRows(statement.plan)
  }

  func nextBatch<R: Sendable>(limit: Int, _ consume: @Sendable (RowSource) throws -> R) async throws -> R? {
    try await connection.onLane("mysql.stream") {
      guard !self.hasEnded else { return nil }
      do {
        try await self.connection.operate(self.sql, reading: self.reading) { try await self.fill(limit) }
        if self.rows.isEmpty { self.end() }
      } catch {
        self.end()
        throw error
      }
      return self.rows.isEmpty ? nil : try consume(self.rows)
    }
  }

  private var reading: MySQLStatement? { isComplete ? nil : statement }

  private nonisolated(nonsending) func fill(_ limit: Int) async throws {
    rows.removeAll()
    guard isComplete || connection.unread === statement else {
      throw RowanError.internalFailure("another statement has ended a stream")
    }
    while !isComplete, rows.count < max(1, limit), rows.byteCount < Self.batchBytes {
      let wanted = connection.start(.fetch, statement)
      if wanted != 0 { try await connection.finish(.fetch, statement, wanted, deadline) }
      switch connection.callResult {
      case 0, MYSQL_DATA_TRUNCATED: rows.append(statement.raw)
      case MYSQL_NO_DATA: try await finish()
      default:
        let failure = statement.failure
        await connection.dispose(of: statement, after: failure)
        throw failure
      }
    }
  }

  /// Leaves the connection as after any statement.
  private nonisolated(nonsending) func finish() async throws {
    isComplete = true
    connection.unread = nil
    mysql_stmt_free_result(statement.raw)
    try await connection.drain(statement, deadline)
    connection.noteSessionState()
    if !statement.compiled.isReusable { try await connection.discard(statement) }
  }

  func close() async {
    _ = try? await connection.onLane("mysql.stream.close") {
      guard !self.hasEnded else { return }
      defer { self.end() }
      guard self.connection.pending == nil, !self.isComplete else { return }
      // A short rest is read; for a long one the server is asked to stop, and `settle` clears the connection.
      try await self.connection.operate(self.sql, isCancellable: false, reading: self.reading) {
        var left = Self.rowsToDrain
        let limit = LaneInstant.now.advanced(by: .milliseconds(100))
        while !self.isComplete, left > 0 {
          let result = try await self.connection.perform(.fetch, self.statement, deadline: limit)
          if result == MYSQL_NO_DATA { return try await self.finish() }
          guard result == 0 || result == MYSQL_DATA_TRUNCATED else {
            // What it means for the transaction and the connection is for `operate` to conclude.
            let failure = self.statement.failure
            self.isComplete = true
            await self.connection.dispose(of: self.statement, after: failure)
            throw failure
          }
          left -= 1
        }
      }
      if !self.isComplete { self.connection.startKill() }
    }
    // The lane is closed: nothing is left to give back to.
  }

  private func end() {
    hasEnded = true
    rows.removeAll()
    let finished = onEnd
    onEnd = nil
    finished?()
  }
}

extension MySQLConnection {
  func stream(_ call: DriverCall) async throws -> any DriverStream {
    try await stream(call, deadline: call.timeout.map { LaneInstant.now.advanced(by: $0) }, onEnd: nil)
  }

  /// Executes, and leaves the rows on the wire.
  nonisolated(nonsending) func stream(
    _ call: DriverCall, deadline: LaneInstant?, onEnd: (@Sendable () -> Void)?
  ) async throws -> any DriverStream {
    try await onLane("mysql.stream") {
      try await self.operate(call.compiled.sql) {
        let limit = deadline ?? self.defaultDeadline
        try await self.openTransaction(limit)
        try await self.adjustLimit(call.timeout, limit)
        let statement = try await self.prepared(call.compiled, limit)
        try statement.parameters.set(call.binds, call.compiled)
        try self.check(packet: statement.parameters.byteCount, call.compiled)
        try await self.executeBound(statement, limit)
        if mysql_field_count(self.raw) > 0 {
          statement.refreshPlan()
          self.unread = statement
        }
        return MySQLStream(self, statement, limit, onEnd: onEnd)
      }
    }
  }
}

/// The rows of one batch, copied from the wire's buffer, which the next row overwrites.
final class MySQLBatchRows: MySQLRowReading {
  private var bytes = MySQLByteBuffer()
  private var ends: ContiguousArray<Int> = []
  private var position = 0

  var count: Int { ends.count }
  var isEmpty: Bool { ends.isEmpty }
  var byteCount: Int { bytes.count }

  func removeAll() {
    bytes.shrink()
    bytes.removeAll()
    ends.removeAll(keepingCapacity: true)
    position = 0
  }

  override func next() throws -> Bool {
    guard position < ends.count else { return false }
    let start = position == 0 ? 0 : ends[position - 1]
    let end = ends[position]
    position += 1
    try fill(UnsafeRawPointer(bytes.start + start), end - start)
    return true
  }

  /// Copies the row that was fetched last. Without bound buffers the library only notes where each value starts; the
  /// first one starts behind the header, and the row ends behind the last one.
  func append(_ statement: UnsafeMutablePointer<MYSQL_STMT>) {
    let binds = statement.pointee.bind
    var first: UnsafePointer<UInt8>?
    var last: (UnsafePointer<UInt8>, Int)?
    for index in 0..<plan.count {
      guard let start = binds?[index].u.row_ptr else { continue }
      if first == nil { first = UnsafePointer(start) }
      last = (UnsafePointer(start), index)
    }
    if let first, let last {
      let row = UnsafeRawPointer(first) - plan.headerLength
      let length = UnsafeRawPointer(last.0) + plan.kinds[last.1].length(at: last.0) - row
      _ = bytes.append(UnsafeRawBufferPointer(start: row, count: length))
    } else {
      // Every value is NULL.
      let at = bytes.reserve(plan.headerLength)
      (bytes.start + at).initializeMemory(as: UInt8.self, repeating: 0xff, count: plan.headerLength)
      (bytes.start + at).storeBytes(of: 0, as: UInt8.self)
    }
    ends.append(bytes.count)
  }
}

extension MySQLColumnKind {
  /// Bytes of the value at `start`, which the library has checked to be all there.
  fileprivate func length(at start: UnsafePointer<UInt8>) -> Int {
    switch self {
    case .int8, .uint8: 1
    case .int16, .uint16: 2
    case .int32, .uint32, .float, .integerDecimal4: 4
    case .int64, .uint64, .double, .integerDecimal8: 8
    case .null: 0
    default:
      switch start[0] {
      case 252: 3 + (Int(start[1]) | Int(start[2]) << 8)
      case 253: 4 + (Int(start[1]) | Int(start[2]) << 8 | Int(start[3]) << 16)
      case 254: 9 + Int(clamping: (UnsafeRawPointer(start) + 1).loadUnaligned(as: UInt64.self).littleEndian)
      case let short: 1 + Int(short)
      }
    }
  }
}
