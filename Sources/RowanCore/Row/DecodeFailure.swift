/// A column that could not become the Swift type it was read as. Never holds the value.
public struct DecodeFailure: Error, Sendable, Hashable {
  /// What went wrong.
  public enum Reason: Sendable, Hashable {
    /// The value is of another type.
    case typeMismatch
    /// `NULL` where the Swift type admits none.
    case unexpectedNull
    /// The value does not fit into the Swift type.
    case outOfRange
    /// The row has fewer columns than were read.
    case missingColumn
    /// The type's own rule refused the value; the text says which.
    case invalid(String)
  }

  /// The column's index in the row.
  public var column: Int
  /// The form the driver found.
  public var found: CellTag
  /// What went wrong.
  public var reason: Reason

  /// Makes a failure at `column`.
  public init(column: Int, found: CellTag, reason: Reason) {
    self.column = column
    self.found = found
    self.reason = reason
  }
}
