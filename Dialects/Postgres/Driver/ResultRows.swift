internal import CPostgres
internal import RowanCore

/// The rows of a `PGresult`, read in binary form. One is kept per prepared statement and used again for each execution.
final class ResultRows: RowSource {
  let plan: ColumnPlan
  private let forms: UnsafeMutablePointer<ColumnForm>
  private let arena = CellArena()
  // The inherited members are open to other modules, which makes each use of them a checked access.
  private let buffer: UnsafeMutablePointer<Cell>
  private let width: Int
  // The result belongs to the caller of `open`, which keeps it until `close`.
  private var result: OpaquePointer?
  private var row: Int32 = 0
  private var end: Int32 = 0

  init(_ plan: ColumnPlan) {
    self.plan = plan
    let count = plan.forms.count
    forms = .allocate(capacity: Swift.max(1, count))
    for index in 0..<count { (forms + index).initialize(to: plan.forms[index]) }
    buffer = .allocate(capacity: Swift.max(1, count))
    width = count
    super.init(cells: buffer, columnCount: count)
  }

  deinit {
    buffer.deallocate()
    forms.deallocate()
  }

  /// Starts on the rows of `result`, which has the plan's columns.
  func open(_ result: OpaquePointer) {
    self.result = result
    row = 0
    end = PQntuples(result)
    affectedRows = ResultRows.affectedRows(result)
  }

  /// Starts on some rows of `result`.
  func open(_ result: OpaquePointer, rows: Range<Int32>) {
    open(result)
    row = Swift.max(0, rows.lowerBound)
    end = Swift.min(end, rows.upperBound)
  }

  /// Lets go of the result.
  func close() {
    result = nil
    end = 0
    arena.trim()
  }

  override func next() throws -> Bool {
    let row = row
    guard row < end, let result else { return false }
    self.row = row &+ 1
    let arena = arena
    arena.reset()
    for column in 0..<width {
      let index = Int32(truncatingIfNeeded: column)
      let aux = UInt16(truncatingIfNeeded: column)
      let length = Int(PQgetlength(result, row, index))
      if length == 0, PQgetisnull(result, row, index) != 0 {
        buffer[column] = Cell(tag: .null, aux: aux)
        continue
      }
      guard let bytes = PQgetvalue(result, row, index) else { throw problem(.malformed, column) }
      do throws(DecodingProblem) {
        buffer[column] = try arena.cell(forms[column], bytes, length, aux: aux)
      } catch {
        throw problem(error, column)
      }
    }
    return true
  }

  override var columnNames: [String] { Array(plan.names) }

  override func wireType(_ column: Int) -> String? {
    plan.typeNames.indices.contains(column) ? plan.typeNames[column] : nil
  }

  @inline(never)
  private func problem(_ problem: DecodingProblem, _ column: Int) -> RowanError {
    let place = "column \(column + 1), '\(plan.names[column])' (\(plan.typeNames[column]))"
    return switch problem {
    case .malformed:
      RowanError(.decodingFailed, "the bytes of \(place) are not of the form of its type")
    case .unrepresentable(let what):
      RowanError(
        .decodingFailed, "\(place) holds \(what), which no value type can",
        hint: "read the column as text with a cast in the query")
    }
  }

  /// The number in a command's tag: `INSERT 0 5`, `UPDATE 5`. Rows that were only read do not count.
  static func affectedRows(_ result: OpaquePointer) -> Int {
    guard let tag = PQcmdStatus(result) else { return 0 }
    switch UInt8(bitPattern: tag[0]) {
    case UInt8(ascii: "I"), UInt8(ascii: "U"), UInt8(ascii: "D"), UInt8(ascii: "M"), UInt8(ascii: "C"):
      guard let text = PQcmdTuples(result) else { return 0 }
      var number = 0
      var position = 0
      while case let digit = UInt8(bitPattern: text[position]), 48...57 ~= digit {
        number = number &* 10 &+ Int(digit &- 48)
        position &+= 1
      }
      return number
    default: return 0
    }
  }
}
