import BenchPostgres

/// One connection through libpq, blocking, without Rowan.
final class PostgresClient {
  let connection: OpaquePointer

  init(_ server: PostgresServer) throws {
    guard let connection = PQconnectdb(server.conninfo), PQstatus(connection) == CONNECTION_OK else {
      throw BenchmarkError("cannot connect to PostgreSQL")
    }
    self.connection = connection
    _ = PQsetNoticeProcessor(connection, { _, _ in }, nil)
  }

  deinit { PQfinish(connection) }

  func execute(_ sql: String) throws {
    let result = PQexec(connection, sql)
    defer { PQclear(result) }
    let status = PQresultStatus(result)
    guard status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK else {
      throw BenchmarkError("\(String(cString: PQerrorMessage(connection))): \(sql)")
    }
  }

  /// The rows of a query, as text.
  func rows(_ sql: String) throws -> [[String]] {
    let result = PQexec(connection, sql)
    defer { PQclear(result) }
    guard PQresultStatus(result) == PGRES_TUPLES_OK else {
      throw BenchmarkError("\(String(cString: PQerrorMessage(connection))): \(sql)")
    }
    return (0..<PQntuples(result)).map { row in
      (0..<PQnfields(result)).map { String(cString: PQgetvalue(result, row, $0)) }
    }
  }

  func prepare(_ name: String, _ sql: String) throws -> PostgresClientStatement {
    let result = PQprepare(connection, name, sql, 0, nil)
    defer { PQclear(result) }
    guard PQresultStatus(result) == PGRES_COMMAND_OK else {
      throw BenchmarkError("\(String(cString: PQerrorMessage(connection))): \(sql)")
    }
    return PostgresClientStatement(name, self)
  }
}

/// A statement kept prepared, values and results in binary.
final class PostgresClientStatement {
  let client: PostgresClient
  private let name: UnsafeMutablePointer<CChar>
  private var values: [UnsafePointer<CChar>?] = []
  private var lengths: [Int32] = []
  private var formats: [Int32] = []
  private let bytes = UnsafeMutableRawPointer.allocate(byteCount: 4096, alignment: 8)
  private var used = 0

  init(_ name: String, _ client: PostgresClient) {
    self.client = client
    let text = name.utf8CString
    self.name = .allocate(capacity: text.count)
    for (index, byte) in text.enumerated() { self.name[index] = byte }
  }

  deinit {
    name.deallocate()
    bytes.deallocate()
  }

  @inline(__always) func clear() {
    values.removeAll(keepingCapacity: true)
    lengths.removeAll(keepingCapacity: true)
    formats.removeAll(keepingCapacity: true)
    used = 0
  }

  @inline(__always) func bind(_ value: some FixedWidthInteger) {
    let big = value.bigEndian
    (bytes + used).storeBytes(of: big, as: type(of: big))
    append(MemoryLayout.size(ofValue: big))
  }

  @inline(__always) func bind(_ value: Double) { bind(value.bitPattern) }
  @inline(__always) func bind(_ value: Bool) { bind(value ? 1 as UInt8 : 0) }

  @inline(__always) func bind(_ value: String) {
    var value = value
    let count = value.withUTF8 { text in
      (bytes + used).copyMemory(
        from: UnsafeRawPointer(text.baseAddress ?? UnsafePointer(bytes.assumingMemoryBound(to: UInt8.self))),
        byteCount: text.count)
      return text.count
    }
    append(count)
  }

  @inline(__always) func bind(_ value: String?) {
    if let value { return bind(value) }
    values.append(nil)
    lengths.append(0)
    formats.append(1)
  }

  @inline(__always) private func append(_ count: Int) {
    values.append(UnsafePointer((bytes + used).assumingMemoryBound(to: CChar.self)))
    lengths.append(Int32(truncatingIfNeeded: count))
    formats.append(1)
    used += (count + 7) & ~7
  }

  /// Runs the statement and waits for its whole result.
  @inline(__always) func execute<R>(_ read: (PostgresClientResult) throws -> R) throws -> R {
    let result = PQexecPrepared(
      client.connection, name, Int32(truncatingIfNeeded: values.count), values, lengths, formats, 1)
    defer { PQclear(result) }
    let status = PQresultStatus(result)
    guard let result, status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK else {
      throw BenchmarkError(String(cString: PQerrorMessage(client.connection)))
    }
    return try read(PostgresClientResult(result: result))
  }

  /// Runs the statement and hands over each row as it comes.
  func executeRowByRow(_ read: (PostgresClientResult) -> Void) throws {
    let sent = PQsendQueryPrepared(
      client.connection, name, Int32(truncatingIfNeeded: values.count), values, lengths, formats, 1)
    guard sent == 1, PQsetSingleRowMode(client.connection) == 1 else {
      throw BenchmarkError(String(cString: PQerrorMessage(client.connection)))
    }
    var failure: String?
    while let result = PQgetResult(client.connection) {
      switch PQresultStatus(result) {
      case PGRES_SINGLE_TUPLE: read(PostgresClientResult(result: result))
      case PGRES_TUPLES_OK: break
      default: failure = String(cString: PQresultErrorMessage(result))
      }
      PQclear(result)
    }
    if let failure { throw BenchmarkError(failure) }
  }
}

/// A result in binary.
struct PostgresClientResult {
  let result: OpaquePointer

  @inline(__always) var count: Int32 { PQntuples(result) }
  /// The rows a command changed.
  var affected: Int64 { Int64(String(cString: PQcmdTuples(result))) ?? 0 }

  @inline(__always) func isNull(_ row: Int32, _ column: Int32) -> Bool { PQgetisnull(result, row, column) != 0 }

  @inline(__always) func integer<I: FixedWidthInteger>(_ row: Int32, _ column: Int32, _: I.Type = I.self) -> I {
    I(bigEndian: UnsafeRawPointer(PQgetvalue(result, row, column)).loadUnaligned(as: I.self))
  }

  @inline(__always) func double(_ row: Int32, _ column: Int32) -> Double {
    Double(bitPattern: integer(row, column, UInt64.self))
  }

  @inline(__always) func bool(_ row: Int32, _ column: Int32) -> Bool { integer(row, column, UInt8.self) != 0 }

  @inline(__always) func text(_ row: Int32, _ column: Int32) -> String {
    String(decoding: bytes(row, column), as: UTF8.self)
  }

  @inline(__always) func bytes(_ row: Int32, _ column: Int32) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: PQgetvalue(result, row, column), count: Int(PQgetlength(result, row, column)))
  }
}
