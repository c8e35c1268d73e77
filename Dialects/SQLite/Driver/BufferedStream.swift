internal import RowanCore

/// The rows of a statement, all read at once and handed out in batches.
///
/// For a database in memory, whose only connection must not be held while the reader does something else with the
/// same database, such as writing for each row. The copy is no larger than what the database itself holds in memory.
final class BufferedStream: DriverStream, @unchecked Sendable {
  // Proof for @unchecked: calls of a stream do not overlap.

  private var rows: StoredRows?

  init(_ rows: StoredRows) { self.rows = rows }

  func nextBatch<R: Sendable>(
    limit: Int, _ consume: @Sendable (RowSource) throws -> R
  ) async throws -> R? {
    guard let rows, rows.start(limit: max(1, limit)) else {
      self.rows = nil
      return nil
    }
    do {
      if Task.isCancelled { throw SQLiteConnection.cancelled(nil) }
      let result = try consume(rows)
      while try rows.next() {}
      return result
    } catch {
      self.rows = nil
      throw error
    }
  }

  func close() async { rows = nil }
}

/// Copies of rows.
final class StoredRows: RowSource, @unchecked Sendable {
  // Proof for @unchecked: made by the connection's borrower and from then on used by one stream alone.

  private var stored: ContiguousArray<Cell> = []
  private var bytes = BindArena()
  private var position = 0
  private var end = 0
  private let names: [String]
  private let types: [String?]

  /// Reads all that is left of `source`.
  init(_ source: RowSource) throws {
    names = source.columnNames
    types = (0..<source.columnCount).map { source.wireType($0) }
    super.init(cells: .allocate(capacity: max(1, source.columnCount)), columnCount: source.columnCount)
    while try source.next() {
      for column in 0..<columnCount { stored.append(copy(source.cells[column])) }
    }
    affectedRows = source.affectedRows
    lastInsertID = source.lastInsertID
  }

  deinit { cells.deallocate() }

  /// Begins a batch.
  /// - Returns: whether there is a row left.
  func start(limit: Int) -> Bool {
    let rest = stored.count &- position
    let (wanted, overflow) = limit.multipliedReportingOverflow(by: columnCount)
    end = position &+ (overflow ? rest : min(rest, wanted))
    return rest > 0
  }

  override func next() throws -> Bool {
    guard position < end else { return false }
    for column in 0..<columnCount { cells[column] = stored[position &+ column] }
    position &+= columnCount
    return true
  }

  override var columnNames: [String] { names }

  override func wireType(_ column: Int) -> String? { types.indices.contains(column) ? types[column] : nil }

  private func copy(_ cell: Cell) -> Cell {
    switch cell.tag {
    case .text, .bytes, .uuid, .interval, .decimal, .json:
      let count = Int(cell.length)
      let copy = bytes.take(count)
      if let source = cell.pointer { copy.copyMemory(from: source, byteCount: count) }
      return .pointing(cell.tag, to: copy, count: count, aux: cell.aux)
    // The other forms SQLite's rows have are their own values.
    default: return cell
    }
  }
}
