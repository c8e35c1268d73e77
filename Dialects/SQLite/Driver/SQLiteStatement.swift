internal import CSQLite
internal import RowanCore

/// A prepared statement, and the source of its rows: running it allocates nothing.
final class SQLiteStatement: RowSource {
  let pointer: OpaquePointer
  // Which lives until the last of its statements is finalized.
  private let db: OpaquePointer
  let compiled: Compiled
  let parameterCount: Int
  /// Whether running it changes no database. <https://sqlite.org/c3ref/stmt_readonly.html>
  let isReadOnly: Bool
  // Proof for the unchecked exclusivity here: only the connection's one borrower calls a statement, and no method hands
  // its properties to code that could call back. Checking took 6 % of a read by key.

  /// When the cache last gave it out.
  @exclusivity(unchecked) var lastUsed: UInt64 = 0
  /// Whether it is bound or has rows left.
  @exclusivity(unchecked) var isBusy = false
  @exclusivity(unchecked) var arena = BindArena()

  // A connection owns its statements, and so does a stream, which owns the connection too.
  unowned let connection: SQLiteConnection

  private enum State: UInt8 { case done, primed, stepping }

  @exclusivity(unchecked) private var state = State.done
  @exclusivity(unchecked) private var plans: UnsafeMutablePointer<ColumnPlan>
  private var capacity: Int
  // What the superclass has too: for a property of another module the compiler checks exclusivity all the same.
  @exclusivity(unchecked) private var row: UnsafeMutablePointer<Cell>
  @exclusivity(unchecked) private var width: Int
  @exclusivity(unchecked) private var prepares: Int32 = 0
  @exclusivity(unchecked) private var changesBefore: Int64 = 0
  @exclusivity(unchecked) private var rowIDBefore: Int64 = 0
  /// Whether the statement may read the last row's id, so that it must be left in place.
  private let usesLastRowID: Bool
  /// Forms of values that SQLite stores otherwise: intervals, and decimals stored as integers.
  @exclusivity(unchecked) private var scratch = BindArena()
  @exclusivity(unchecked) private var usesScratch = false

  init(_ pointer: OpaquePointer, _ compiled: Compiled, on connection: SQLiteConnection) {
    self.pointer = pointer
    db = connection.db
    self.compiled = compiled
    self.connection = connection
    parameterCount = Int(sqlite3_bind_parameter_count(pointer))
    // EXPLAIN counts as what it explains, which it does not run.
    isReadOnly = sqlite3_stmt_readonly(pointer) != 0 || sqlite3_stmt_isexplain(pointer) != 0
    usesLastRowID = !isReadOnly && compiled.sql.lowercased().contains("last_insert_rowid")
    capacity = Int(sqlite3_column_count(pointer))
    plans = .allocate(capacity: max(1, capacity))
    row = .allocate(capacity: max(1, capacity))
    width = capacity
    super.init(cells: row, columnCount: capacity)
    plan()
  }

  deinit {
    sqlite3_finalize(pointer)
    cells.deallocate()
    plans.deallocate()
  }

  /// How often the library prepared the statement again on its own.
  var timesPreparedAnew: Int32 { sqlite3_stmt_status(pointer, SQLITE_STMTSTATUS_REPREPARE, 0) }

  /// Makes the first step, which in autocommit mode also takes the locks.
  /// - Returns: the result code; after any but `SQLITE_ROW` and `SQLITE_DONE`, ``fail(_:)`` or ``abandon()`` is due.
  func start() -> Int32 {
    if !isReadOnly {
      changesBefore = sqlite3_total_changes64(db)
      rowIDBefore = sqlite3_last_insert_rowid(db)
      // Otherwise an upsert that updates, and a table WITHOUT ROWID, would report the id of an earlier insert.
      if !usesLastRowID { sqlite3_set_last_insert_rowid(db, 0) }
    }
    let code = sqlite3_step(pointer)
    if code == SQLITE_ROW {
      state = .primed
      // The library prepares a statement anew, by itself, when the schema has changed under it.
      let prepares = timesPreparedAnew
      if prepares != self.prepares { replan(prepares) }
    } else if code == SQLITE_DONE {
      finish()
    }
    return code
  }

  override func next() throws -> Bool {
    switch state {
    case .stepping:
      let code = sqlite3_step(pointer)
      if code != SQLITE_ROW {
        guard code == SQLITE_DONE else { throw fail(code) }
        finish()
        return false
      }
    case .primed: state = .stepping
    case .done: return false
    }
    try fill()
    return true
  }

  /// Whether there is another row, which ``next()`` then moves to.
  func hasRow() throws -> Bool {
    guard state == .stepping else { return state == .primed }
    let code = sqlite3_step(pointer)
    if code == SQLITE_ROW {
      state = .primed
      return true
    }
    guard code == SQLITE_DONE else { throw fail(code) }
    finish()
    return false
  }

  /// Ends the statement after its reader has stopped. A statement that writes runs to its end: only there are its
  /// changes counted, and only there does autocommit show that it failed.
  func complete() throws {
    if state == .done { return }
    if isReadOnly { return abandon() }
    while state != .done {
      let code = sqlite3_step(pointer)
      if code == SQLITE_ROW { continue }
      guard code == SQLITE_DONE else { throw fail(code) }
      finish()
    }
  }

  /// Ends the statement, whatever its state. A reset at once gives up the read lock.
  func abandon() {
    state = .done
    sqlite3_reset(pointer)
  }

  /// Ends the statement and returns the error for `code`.
  func fail(_ code: Int32) -> RowanError {
    let error = connection.failure(code, compiled.sql, .step)
    abandon()
    restoreRowID()
    return error
  }

  private func finish() {
    state = .done
    if !isReadOnly {
      // Statements that are no INSERT, UPDATE or DELETE leave the count of the one before in place.
      let isChanged = sqlite3_total_changes64(db) != changesBefore
      affectedRows = isChanged ? Int(sqlite3_changes64(db)) : 0
      let id = sqlite3_last_insert_rowid(db)
      if usesLastRowID {
        lastInsertID = id == rowIDBefore ? nil : id
      } else if id == 0 {
        lastInsertID = nil
        restoreRowID()
      } else {
        lastInsertID = id
      }
    }
    sqlite3_reset(pointer)
  }

  private func restoreRowID() {
    if isReadOnly || usesLastRowID || sqlite3_last_insert_rowid(db) != 0 { return }
    sqlite3_set_last_insert_rowid(db, rowIDBefore)
  }

  private func fill() throws {
    if usesScratch { scratch.reset() }
    let cells = row, plans = plans, pointer = pointer
    for index in 0..<width {
      // One look-up for each column instead of three. Reading an unprotected value is sound while no other thread
      // uses the connection. https://sqlite.org/c3ref/value.html
      let value = sqlite3_column_value(pointer, Int32(truncatingIfNeeded: index))
      let aux = UInt16(truncatingIfNeeded: index)
      switch sqlite3_value_type(value) {
      case SQLITE_INTEGER:
        let bits = UInt64(bitPattern: sqlite3_value_int64(value))
        let tag = plans[index].integer
        cells[index] = tag == .decimal ? decimal(bits, aux) : Cell(tag: tag, bits: bits, aux: aux)
      case SQLITE_FLOAT:
        cells[index] = Cell(tag: .double, bits: sqlite3_value_double(value).bitPattern, aux: aux)
      case SQLITE_TEXT:
        guard let text = sqlite3_value_text(value) else { throw outOfMemory() }
        let length = Int(sqlite3_value_bytes(value))
        let tag = plans[index].text
        cells[index] =
          tag == .interval ? interval(text, length, aux) : Cell.pointing(tag, to: text, count: length, aux: aux)
      case SQLITE_BLOB:
        // A blob without bytes has no address.
        let bytes = sqlite3_value_blob(value)
        let length = Int(sqlite3_value_bytes(value))
        guard bytes != nil || length == 0 else { throw outOfMemory() }
        let tag: CellTag = plans[index].blob == .uuid && length == 16 ? .uuid : .bytes
        cells[index] = Cell.pointing(tag, to: bytes, count: length, aux: aux)
      default:
        cells[index] = Cell(tag: .null, aux: aux)
      }
    }
  }

  @inline(never)
  private func decimal(_ bits: UInt64, _ aux: UInt16) -> Cell {
    var digits = Int64(bitPattern: bits).description
    return digits.withUTF8 { digits in
      let copy = scratch.take(digits.count)
      copy.copyMemory(from: UnsafeRawPointer(digits.baseAddress.unsafelyUnwrapped), byteCount: digits.count)
      return .pointing(.decimal, to: copy, count: digits.count, aux: aux)
    }
  }

  @inline(never)
  private func interval(_ text: UnsafePointer<UInt8>, _ length: Int, _ aux: UInt16) -> Cell {
    guard let interval = Interval(utf8: UnsafeRawBufferPointer(start: text, count: length)) else {
      return .pointing(.text, to: text, count: length, aux: aux)
    }
    let copy = scratch.take(MemoryLayout<Interval>.size)
    copy.storeBytes(of: interval, as: Interval.self)
    return .pointing(.interval, to: copy, count: MemoryLayout<Interval>.size, aux: aux)
  }

  private func outOfMemory() -> RowanError { fail(SQLITE_NOMEM) }

  private func plan() {
    let results = compiled.results
    usesScratch = false
    for index in 0..<columnCount {
      if index < results.count, let type = results[index].type {
        plans[index] = ColumnPlan(type)
      } else if let declared = sqlite3_column_decltype(pointer, Int32(truncatingIfNeeded: index)) {
        plans[index] = ColumnPlan(declared: declared)
      } else {
        plans[index] = ColumnPlan()
      }
      if plans[index].integer == .decimal || plans[index].text == .interval { usesScratch = true }
    }
  }

  @inline(never)
  private func replan(_ prepares: Int32) {
    self.prepares = prepares
    width = Int(sqlite3_column_count(pointer))
    columnCount = width
    if columnCount > capacity {
      cells.deallocate()
      plans.deallocate()
      capacity = columnCount
      row = .allocate(capacity: capacity)
      cells = row
      plans = .allocate(capacity: capacity)
    }
    plan()
  }

  override var columnNames: [String] {
    (0..<columnCount).map { index in
      sqlite3_column_name(pointer, Int32(truncatingIfNeeded: index)).map { String(cString: $0) } ?? ""
    }
  }

  /// The declared type, and the storage class of the value in the current row.
  override func wireType(_ column: Int) -> String? {
    guard column >= 0, column < columnCount else { return nil }
    let index = Int32(truncatingIfNeeded: column)
    let declared = sqlite3_column_decltype(pointer, index).map { String(cString: $0) } ?? "no declared type"
    guard state == .stepping else { return declared }
    let found =
      switch sqlite3_value_type(sqlite3_column_value(pointer, index)) {
      case SQLITE_INTEGER: "INTEGER"
      case SQLITE_FLOAT: "REAL"
      case SQLITE_TEXT: "TEXT"
      case SQLITE_BLOB: "BLOB"
      default: "NULL"
      }
    return "\(declared), holding \(found)"
  }
}
