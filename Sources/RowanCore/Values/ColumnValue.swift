/// A Swift type that a column can hold.
///
/// Conform a type of your own by converting through a built-in one:
/// ```swift
/// struct Email: ColumnValue {
///   let text: String
///   static var sqlType: SQLType { .varchar(255) }
///   var sqlValue: SQLValue { .text(text) }
///   static func read(_ row: inout RowReader) throws(DecodeFailure) -> Email {
///     let text = try String.read(&row)
///     guard text.contains("@") else { throw row.invalid("not an e-mail address") }
///     return Email(text: text)
///   }
/// }
/// ```
public protocol ColumnValue: Sendable {
  /// The optional form of the type; an optional's is itself, so that it never nests.
  associatedtype Nullable: ColumnValue = Self?

  /// The column type a schema uses when none is named.
  static var sqlType: SQLType { get }

  /// Whether a column of this type admits `NULL`.
  static var isNullable: Bool { get }

  /// Reads the value from the row's next column.
  ///
  /// Built-in types never throw: they note the first failure in the reader and return a placeholder, and the row is
  /// discarded once it is complete. Other types throw ``RowReader/invalid(_:)``.
  static func read(_ row: inout RowReader) throws(DecodeFailure) -> Self

  /// The value in the form drivers bind.
  var sqlValue: SQLValue { get }
}

extension ColumnValue {
  /// False: a type admits `NULL` through its optional.
  @inlinable public static var isNullable: Bool { false }
}
