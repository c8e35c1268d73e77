/// A struct whose stored properties are the columns of a table.
///
/// `@Table` writes the conformance; `Docs/hand-written-models.md` shows it written by hand.
public protocol Table: Groupable where Columns: TableColumns, Columns.Root == Self, Row == Self {
  /// The values an insert takes: generated and defaulted columns are optional.
  associatedtype Draft: TableDraft where Draft.Model == Self

  /// The table's static description.
  static var schema: TableSchema { get }

  /// Reads a row whose columns stand in the order of ``schema``.
  init(row: inout RowReader) throws(DecodeFailure)

  /// Writes every column's value, in the order of ``schema``.
  func encode(into row: inout RowEncoder)

  /// The hooks of the model's writes: nil unless it adopts ``ModelHooks``, which brings its own.
  static var rowanHooks: ModelHookSet<Self>? { get }

  /// Reads a row as ``init(row:)`` does and calls the hook of a model that adopts ``ModelHooks``.
  static func rowanRead(_ row: inout RowReader) throws(DecodeFailure) -> Self
}

extension Table {
  /// No hooks: a constant wherever the model is known.
  @inlinable public static var rowanHooks: ModelHookSet<Self>? { nil }

  /// Reads a row.
  @inlinable public static func rowanRead(_ row: inout RowReader) throws(DecodeFailure) -> Self { try Self(row: &row) }
}

/// A table with a primary key.
public protocol KeyedTable: Table {
  /// The key: a branded identifier, a plain value, or a struct for a composite key.
  associatedtype PrimaryKey: Hashable & Sendable

  /// This row's key.
  static func primaryKey(of record: Self) -> PrimaryKey

  /// The key's values, in the order of ``TableSchema/primaryKey``.
  static func keyValues(_ key: PrimaryKey) -> ContiguousArray<SQLValue>
}

/// The values of a row to insert.
public protocol TableDraft: Sendable {
  /// The table's model.
  associatedtype Model: Table

  /// Writes the columns that are set, in ascending order of their index.
  func encode(into row: inout RowEncoder)
}

/// Collects the columns and values of one row.
public struct RowEncoder {
  /// Indices of the columns that are set.
  public var columns: ContiguousArray<UInt16> = []
  /// Their values.
  public var values: ContiguousArray<SQLValue> = []

  /// Makes an empty row.
  public init() {}

  /// Sets `column`.
  @inlinable public mutating func set(_ column: UInt16, _ value: some ColumnValue) {
    columns.append(column)
    values.append(value.sqlValue)
  }

  /// Anything else is a mistake: most of all a property of which `@Table`, which sees no types, made a column.
  @available(
    *, unavailable,
    message: "a column holds a ColumnValue: make the type conform, store it as JSON, or mark the property @Ignored"
  )
  @_disfavoredOverload public mutating func set<Value>(_ column: UInt16, _ value: Value) {}

  /// Sets `column` unless `value` is nil, in which case the column takes its default.
  @inlinable public mutating func setIfPresent(_ column: UInt16, _ value: (some ColumnValue)?) {
    if let value { set(column, value) }
  }

  /// Checks that each column has one value, which a model's own code may fail at.
  /// - Throws: ``RowanError/Code/encodingFailed``.
  func check(_ table: TableSchema) throws(RowanError) {
    if columns.count != values.count { throw RowEncoder.uneven(table) }
  }

  static func uneven(_ table: TableSchema) -> RowanError {
    RowanError(
      .encodingFailed, "a row of the table '\(table.name)' sets other than one value for each of its columns",
      hint: "let encode(into:) call set(_:_:) on the encoder it is given, once for each column")
  }

  /// Takes the columns that `isDropped` away.
  mutating func drop(where isDropped: (UInt16) -> Bool) {
    let kept = columns.indices.filter { !isDropped(columns[$0]) }
    values = ContiguousArray(kept.map { values[$0] })
    columns = ContiguousArray(kept.map { columns[$0] })
  }
}
