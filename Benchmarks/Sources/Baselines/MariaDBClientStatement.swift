import BenchMariaDB

/// A statement kept prepared, its parameter and result buffers bound once.
final class MariaDBClientStatement {
  /// Room for every value of the benchmark's columns.
  private static let width = 256

  let pointer: UnsafeMutablePointer<MYSQL_STMT>
  private let client: MariaDBClient
  private let results: MariaDBBuffers
  private let parameters: MariaDBBuffers

  init(_ sql: String, _ client: MariaDBClient) throws {
    guard let pointer = mysql_stmt_init(client.connection) else { throw BenchmarkError("out of memory") }
    self.pointer = pointer
    self.client = client
    guard mysql_stmt_prepare(pointer, sql, UInt(sql.utf8.count)) == 0 else {
      throw BenchmarkError("\(String(cString: mysql_stmt_error(pointer))): \(sql)")
    }
    parameters = MariaDBBuffers(Int(mysql_stmt_param_count(pointer)), width: Self.width)
    results = MariaDBBuffers(Int(mysql_stmt_field_count(pointer)), width: Self.width)
    if let metadata = mysql_stmt_result_metadata(pointer) {
      for column in 0..<results.count {
        results.use(mysql_fetch_field_direct(metadata, UInt32(column)).pointee.type, column)
      }
      mysql_free_result(metadata)
      guard mysql_stmt_bind_result(pointer, results.binds) == 0 else { throw failure() }
    }
  }

  deinit { mysql_stmt_close(pointer) }

  /// Tells the client library the types of the parameters, which must have been set once.
  func bindParameters() throws {
    guard mysql_stmt_bind_param(pointer, parameters.binds) == 0 else { throw failure() }
  }

  @inline(__always) func set(_ at: Int, _ value: Int64) { parameters.set(at, MYSQL_TYPE_LONGLONG, value) }
  @inline(__always) func set(_ at: Int, _ value: Double) { parameters.set(at, MYSQL_TYPE_DOUBLE, value) }
  @inline(__always) func set(_ at: Int, _ value: Bool) { parameters.set(at, MYSQL_TYPE_TINY, value ? 1 as Int8 : 0) }

  @inline(__always) func set(_ at: Int, _ value: String?) {
    guard var value else { return parameters.setNull(at) }
    value.withUTF8 { parameters.set(at, $0) }
  }

  @inline(__always) func execute() throws {
    guard mysql_stmt_execute(pointer) == 0 else { throw failure() }
  }

  /// The next row, straight from the connection.
  @inline(__always) func fetch() throws -> Bool {
    switch mysql_stmt_fetch(pointer) {
    case 0: return true
    case MYSQL_NO_DATA: return false
    case MYSQL_DATA_TRUNCATED: throw BenchmarkError("a value is longer than its buffer")
    default: throw failure()
    }
  }

  var affected: Int64 { Int64(bitPattern: mysql_stmt_affected_rows(pointer)) }

  @inline(__always) func isNull(_ column: Int) -> Bool { results.isNull(column) }
  @inline(__always) func integer<I: FixedWidthInteger & BitwiseCopyable>(_ column: Int, _: I.Type = I.self) -> I {
    results.load(column)
  }
  @inline(__always) func double(_ column: Int) -> Double { results.load(column) }
  @inline(__always) func bool(_ column: Int) -> Bool { results.load(column, Int8.self) != 0 }
  @inline(__always) func text(_ column: Int) -> String { String(decoding: results.bytes(column), as: UTF8.self) }
  @inline(__always) func bytes(_ column: Int) -> UnsafeRawBufferPointer { results.bytes(column) }
  @inline(__always) func time(_ column: Int) -> MYSQL_TIME { results.load(column) }

  private func failure() -> BenchmarkError { BenchmarkError(String(cString: mysql_stmt_error(pointer))) }
}

/// Buffers of one statement, in one piece of memory.
final class MariaDBBuffers {
  let count: Int
  let binds: UnsafeMutablePointer<MYSQL_BIND>
  private let width: Int
  private let memory: UnsafeMutableRawPointer
  private let lengths: UnsafeMutablePointer<UInt>
  private let nulls: UnsafeMutablePointer<CChar>

  init(_ count: Int, width: Int) {
    self.count = count
    self.width = width
    let size = max(1, count)
    binds = .allocate(capacity: size)
    binds.initialize(repeating: MYSQL_BIND(), count: size)
    memory = .allocate(byteCount: size * width, alignment: 16)
    lengths = .allocate(capacity: size)
    lengths.initialize(repeating: 0, count: size)
    nulls = .allocate(capacity: size)
    nulls.initialize(repeating: 0, count: size)
    for at in 0..<count {
      binds[at].buffer = memory + at * width
      binds[at].buffer_length = UInt(width)
      binds[at].length = lengths + at
      binds[at].is_null = nulls + at
    }
  }

  deinit {
    binds.deallocate()
    memory.deallocate()
    lengths.deallocate()
    nulls.deallocate()
  }

  func use(_ type: enum_field_types, _ at: Int) { binds[at].buffer_type = type }

  @inline(__always) func set<T: BitwiseCopyable>(_ at: Int, _ type: enum_field_types, _ value: T) {
    binds[at].buffer_type = type
    nulls[at] = 0
    (memory + at * width).storeBytes(of: value, as: T.self)
  }

  @inline(__always) func set(_ at: Int, _ text: UnsafeBufferPointer<UInt8>) {
    binds[at].buffer_type = MYSQL_TYPE_STRING
    nulls[at] = 0
    lengths[at] = UInt(text.count)
    if let start = text.baseAddress { (memory + at * width).copyMemory(from: start, byteCount: text.count) }
  }

  @inline(__always) func setNull(_ at: Int) { nulls[at] = 1 }

  @inline(__always) func isNull(_ at: Int) -> Bool { nulls[at] != 0 }
  @inline(__always) func load<T: BitwiseCopyable>(_ at: Int, _: T.Type = T.self) -> T {
    (memory + at * width).load(as: T.self)
  }
  @inline(__always) func bytes(_ at: Int) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: memory + at * width, count: Int(lengths[at]))
  }
}
