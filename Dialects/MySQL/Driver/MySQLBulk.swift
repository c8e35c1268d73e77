internal import CMariaDB
internal import RowanCore

/// Arrays of values, one for each placeholder, for one execution over many rows.
/// https://mariadb.com/kb/en/bulk-insert-column-wise-binding/
final class MySQLBulkParameters {
  private let count: Int
  private let capacity: Int
  private let columns: [Column]
  let binds: UnsafeMutablePointer<MYSQL_BIND>

  /// Rows in one execution, which the gain levels off at.
  static let rowsPerExecution = 1000

  init(count: Int) {
    self.count = count
    capacity = Self.rowsPerExecution
    columns = (0..<count).map { _ in Column(capacity: Self.rowsPerExecution) }
    binds = .allocate(capacity: max(1, count))
    binds.initialize(repeating: MYSQL_BIND(), count: max(1, count))
  }

  deinit { binds.deallocate() }

  /// Takes over rows from row `first` on, at most ``rowsPerExecution`` and at most `packet` bytes.
  /// - Returns: how many; nil when a column's values are of several kinds, which one execution cannot hold.
  func set(
    _ values: ContiguousArray<SQLValue>, from first: Int, to end: Int, packet: Int, _ compiled: Compiled
  ) throws -> Int? {
    for column in columns { column.removeAll() }
    var row = first
    let last = min(end, first + capacity)
    while row < last {
      for index in 0..<count {
        guard try columns[index].append(values[row * count + index], index, compiled) else { return nil }
      }
      row += 1
      if columns.reduce(0, { $0 + $1.byteCount }) > packet / 2 { break }
    }
    for index in 0..<count { columns[index].bind(to: &binds[index]) }
    return row - first
  }

  /// About the size of the packet.
  var byteCount: Int { columns.reduce(0) { $0 + $1.byteCount } }

  private final class Column {
    private let scalars: UnsafeMutablePointer<UInt64>
    private let times: UnsafeMutablePointer<MYSQL_TIME>
    private let pointers: UnsafeMutablePointer<UnsafeMutableRawPointer?>
    private let lengths: UnsafeMutablePointer<UInt>
    private let indicators: UnsafeMutablePointer<CChar>
    private let offsets: UnsafeMutablePointer<Int>
    private var bytes = MySQLByteBuffer()
    private var kind: SQLValue.Kind = .null
    private var count = 0

    init(capacity: Int) {
      scalars = .allocate(capacity: capacity)
      times = .allocate(capacity: capacity)
      pointers = .allocate(capacity: capacity)
      lengths = .allocate(capacity: capacity)
      indicators = .allocate(capacity: capacity)
      offsets = .allocate(capacity: capacity)
      scalars.initialize(repeating: 0, count: capacity)
      times.initialize(repeating: MYSQL_TIME(), count: capacity)
      pointers.initialize(repeating: nil, count: capacity)
      lengths.initialize(repeating: 0, count: capacity)
      indicators.initialize(repeating: 0, count: capacity)
      offsets.initialize(repeating: 0, count: capacity)
    }

    deinit {
      scalars.deallocate()
      times.deallocate()
      pointers.deallocate()
      lengths.deallocate()
      indicators.deallocate()
      offsets.deallocate()
    }

    var byteCount: Int { bytes.count + count * 9 }

    func removeAll() {
      bytes.removeAll()
      kind = .null
      count = 0
    }

    /// - Returns: false when the value is of another kind than those before.
    func append(_ value: SQLValue, _ index: Int, _ compiled: Compiled) throws -> Bool {
      defer { count += 1 }
      indicators[count] = CChar(value.isNull ? STMT_INDICATOR_NULL.rawValue : STMT_INDICATOR_NONE.rawValue)
      offsets[count] = 0
      lengths[count] = 0
      if value.isNull { return true }
      if kind == .null { kind = value.kind }
      guard kind == value.kind else { return false }
      switch value {
      case .null: break
      case .bool(let value): scalars[count] = value ? 1 : 0
      case .int(let value): scalars[count] = UInt64(bitPattern: value)
      case .uint(let value): scalars[count] = value
      case .double(let value):
        scalars[count] = try MySQLForm.number(value, compiled.bindType(index), compiled.sql).bitPattern
      case .timestamp(let value): times[count] = try MySQLForm.time(value, compiled.bindType(index), compiled.sql)
      case .date(let value): times[count] = try MySQLForm.time(value, compiled.sql)
      case .time(let value): times[count] = try MySQLForm.time(value, compiled.sql)
      case .bytes(let value): value.withUnsafeBytes { append($0) }
      case .uuid(let value): withUnsafeBytes(of: value.uuid) { append($0) }
      case .text(let value), .json(let value): append(value)
      case .interval(let value): append(value.description)
      case .array(let value): append(try MySQLForm.json(value, compiled.sql))
      case .decimal(let value): append(try MySQLForm.decimal(value, compiled.bindType(index), compiled.sql))
      case .invalid(let failure): throw MySQLForm.invalid(failure, compiled.sql)
      }
      return true
    }

    private func append(_ text: String) {
      var text = text
      text.withUTF8 { append(UnsafeRawBufferPointer($0)) }
    }

    private func append(_ value: UnsafeRawBufferPointer) {
      lengths[count] = UInt(value.count)
      offsets[count] = bytes.append(value)
    }

    func bind(to bind: inout MYSQL_BIND) {
      bind.u.indicator = indicators
      bind.length = lengths
      bind.is_unsigned = kind == .uint ? 1 : 0
      bind.buffer_type = type
      switch kind {
      case .bool, .int, .uint, .double: bind.buffer = UnsafeMutableRawPointer(scalars)
      case .timestamp, .date, .time:
        for row in 0..<count { pointers[row] = UnsafeMutableRawPointer(times + row) }
        bind.buffer = UnsafeMutableRawPointer(pointers)
      default:
        for row in 0..<count { pointers[row] = bytes.start + offsets[row] }
        bind.buffer = UnsafeMutableRawPointer(pointers)
      }
    }

    private var type: enum_field_types {
      switch kind {
      case .bool, .int, .uint: MYSQL_TYPE_LONGLONG
      case .double: MYSQL_TYPE_DOUBLE
      case .timestamp: MYSQL_TYPE_DATETIME
      case .date: MYSQL_TYPE_DATE
      case .time: MYSQL_TYPE_TIME
      case .bytes, .uuid: MYSQL_TYPE_BLOB
      case .decimal: MYSQL_TYPE_NEWDECIMAL
      default: MYSQL_TYPE_STRING
      }
    }
  }
}

extension MySQLConnection {
  func runMany(_ compiled: Compiled, values: ContiguousArray<SQLValue>, rows: Int) async throws -> Int {
    try await onLane("mysql.runMany") {
      try await self.operate(compiled.sql) {
        let limit = self.defaultDeadline
        try await self.openTransaction(limit)
        try await self.adjustLimit(nil, limit)
        let statement = try await self.prepared(compiled, limit)
        guard values.count == rows * statement.parameters.count else {
          throw RowanError.internalFailure("\(rows) rows of values do not match the statement's placeholders")
        }
        let changed = try await self.runMany(statement, values, rows, limit)
        if !compiled.isReusable { try await self.discard(statement) }
        return changed
      }
    }
  }

  private nonisolated(nonsending) func runMany(
    _ statement: MySQLStatement, _ values: ContiguousArray<SQLValue>, _ rows: Int, _ deadline: LaneInstant?
  ) async throws -> Int {
    // Statements that give rows are executed one by one, as everything is on MySQL.
    var usesBulk =
      server.hasBulkExecution && rows > 1 && statement.parameters.count > 0 && !statement.hasRows
    var changed = 0
    var row = 0
    while row < rows {
      if usesBulk {
        do {
          if let done = try await bulk(statement, values, row, rows, deadline) {
            row += done.rows
            changed += done.changed
            continue
          }
        } catch let failure as MySQLFailure where failure.isUnpreparable {
          usesBulk = false
        }
      }
      let upTo = usesBulk ? min(rows, row + MySQLBulkParameters.rowsPerExecution) : rows
      changed += try await oneByOne(statement, values, row..<upTo, deadline)
      row = upTo
    }
    return changed
  }

  private nonisolated(nonsending) func bulk(
    _ statement: MySQLStatement, _ values: ContiguousArray<SQLValue>, _ row: Int, _ rows: Int,
    _ deadline: LaneInstant?
  ) async throws -> (rows: Int, changed: Int)? {
    let parameters = statement.bulk ?? MySQLBulkParameters(count: statement.parameters.count)
    statement.bulk = parameters
    guard
      let count = try parameters.set(values, from: row, to: rows, packet: server.maxPacket, statement.compiled)
    else { return nil }
    try check(packet: parameters.byteCount, statement.compiled)
    var size = UInt32(count)
    mysql_stmt_attr_set(statement.raw, STMT_ATTR_ARRAY_SIZE, &size)
    defer {
      var none: UInt32 = 0
      if !statement.hasBeenClosed { mysql_stmt_attr_set(statement.raw, STMT_ATTR_ARRAY_SIZE, &none) }
    }
    guard mysql_stmt_bind_param(statement.raw, parameters.binds) == 0 else { throw statement.failure }
    guard try await perform(.execute, statement, deadline: deadline) == 0 else { throw statement.failure }
    return (count, Int(clamping: mysql_stmt_affected_rows(statement.raw)))
  }

  private nonisolated(nonsending) func oneByOne(
    _ statement: MySQLStatement, _ values: ContiguousArray<SQLValue>, _ rows: Range<Int>, _ deadline: LaneInstant?
  ) async throws -> Int {
    let width = statement.parameters.count
    var changed = 0
    for row in rows {
      let slice = ContiguousArray(values[row * width..<(row + 1) * width])
      try statement.parameters.set(slice, statement.compiled)
      try check(packet: statement.parameters.byteCount, statement.compiled)
      try await executeBound(statement, deadline)
      if mysql_field_count(raw) > 0 {
        guard try await perform(.store, statement, deadline: deadline) == 0 else { throw statement.failure }
      }
      changed += Int(clamping: mysql_stmt_affected_rows(statement.raw))
      mysql_stmt_free_result(statement.raw)
      try await drain(statement, deadline)
    }
    return changed
  }
}
