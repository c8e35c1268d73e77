/// Stores the values of one column in another form: encrypted, compressed, obfuscated.
///
/// A codec is given to a column by ``DatabasePlugin/codec(for:of:)``. It stands between the values a program sees and
/// the values the database holds: whatever is bound where the column stands is encoded, whatever is read from the
/// column is decoded, and no SQL ever sees a plain value. `NULL` passes untouched and is never shown to a codec.
///
/// Both directions are synchronous and run once a value, so that they must neither block nor do I/O; what they need,
/// such as keys, is loaded by ``DatabasePlugin/prepare(for:)``.
public protocol ColumnCodec: Sendable {
  /// The type of the column in the database: what ``Database/createTables(_:ifNotExists:)`` declares. Neither an array
  /// nor a type of one engine.
  var storedType: SQLType { get }

  /// Whether equal values always have equal stored forms, and different values different ones.
  ///
  /// Only then can the column be compared with `==`, `!=` and `in`, be grouped by, and decide an upsert.
  var isDeterministic: Bool { get }

  /// The stored form of `value`, which is never `.null`, in the form the column's own type binds.
  func encode(_ value: SQLValue) throws(CodecFailure) -> SQLValue

  /// The value whose stored form is `stored`, which is never `.null`, in the form the column's own type binds.
  func decode(_ stored: SQLValue) throws(CodecFailure) -> SQLValue
}

/// Why a codec could not encode or decode a value. Holds no part of the value.
public struct CodecFailure: Error, Sendable, Hashable {
  /// What was wrong, without the value.
  public var reason: String

  /// Makes a failure. `reason` is shown in errors and logs and must not hold any part of the value or of a key.
  public init(_ reason: String) { self.reason = reason }
}

/// A column that a plugin gave a codec to.
public struct CodedColumn: Sendable {
  /// The table.
  public let table: TableSchema
  /// The column.
  public let column: ColumnSchema

  /// Names a column.
  public init(table: TableSchema, column: ColumnSchema) {
    self.table = table
    self.column = column
  }
}
