/// The rows of one executed statement, one at a time.
///
/// A driver subclasses it; each ``next()`` fills ``cells``. A source belongs to the connection that made it and never
/// leaves the closure it was handed to.
///
/// Proof for leaving exclusivity unchecked: one task reads a source, and nothing it calls meanwhile does.
open class RowSource {
  /// The current row.
  @exclusivity(unchecked) public final var cells: UnsafeMutablePointer<Cell>
  /// Columns in a row.
  @exclusivity(unchecked) public final var columnCount: Int
  /// Rows the statement changed, as the engine counts them; complete once ``next()`` has returned false.
  @exclusivity(unchecked) public final var affectedRows: Int = 0
  /// Rows read so far.
  @exclusivity(unchecked) public final var rowsRead: Int = 0
  /// The key the engine generated for the last inserted row, on engines that report one.
  @exclusivity(unchecked) public final var lastInsertID: Int64?

  /// Makes a source whose rows are written to `cells`.
  public init(cells: UnsafeMutablePointer<Cell>, columnCount: Int) {
    self.cells = cells
    self.columnCount = columnCount
  }

  /// Moves to the next row.
  /// - Returns: false after the last row.
  /// - Throws: ``RowanError`` when the engine fails or a value has no neutral form.
  open func next() throws -> Bool { false }

  /// The names of the columns, for raw queries and error messages.
  open var columnNames: [String] { [] }

  /// The engine's own name of a column's type, for error messages.
  open func wireType(_ column: Int) -> String? { nil }
}
