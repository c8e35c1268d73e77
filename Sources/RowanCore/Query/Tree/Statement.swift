/// Anything that can be executed.
public enum Statement: Sendable {
  /// A query.
  case select(Select)
  /// An insert.
  case insert(InsertStatement)
  /// An update.
  case update(UpdateStatement)
  /// A delete.
  case delete(DeleteStatement)
  /// SQL written by hand.
  case raw(RawStatement)
}

/// INSERT as a value.
public struct InsertStatement: Sendable {
  /// Where the inserted values come from.
  public enum Source: Sendable {
    /// `rows` rows of values, one after another, each as long as ``InsertStatement/columns``.
    case values(ContiguousArray<SQLValue>, rows: Int)
    /// The same as expressions.
    case expressions(ContiguousArray<Expr>, rows: Int)
    /// One bound array per column, on engines that unnest them. Anything but a bound value is what every row gets.
    case columnArrays(ContiguousArray<Expr>)
    /// The rows of a query.
    case select(Select)
  }
  /// The table.
  public var table: TableSchema
  /// The columns that get a value, as indices into the table's; the others take their default.
  public var columns: ContiguousArray<UInt16>
  /// The values.
  public var source: Source
  /// What happens where a row exists already.
  public var conflict: Conflict?
  /// What the inserted rows give back.
  public var returning: Fields?

  /// Makes an insert.
  public init(table: TableSchema, columns: ContiguousArray<UInt16>, source: Source) {
    self.table = table
    self.columns = columns
    self.source = source
  }
}

/// `ON CONFLICT`, or the engine's own form of it.
public struct Conflict: Sendable {
  /// What is done.
  public enum Action: Sendable {
    /// Nothing: the present row stays.
    case ignore
    /// The present row is changed.
    case update(ContiguousArray<Assignment>)
  }
  /// The unique columns that decide, as indices; empty for any.
  public var target: ContiguousArray<UInt16>
  /// What is done.
  public var action: Action

  /// Makes a clause.
  public init(target: ContiguousArray<UInt16>, action: Action) {
    self.target = target
    self.action = action
  }
}

/// `column = expression`.
public struct Assignment: Sendable {
  /// Index into the table's columns.
  public var column: UInt16
  /// The new value.
  public var value: Expr

  /// Makes an assignment.
  @inlinable public init(_ column: UInt16, _ value: Expr) {
    self.column = column
    self.value = value
  }
}

/// UPDATE as a value. Its table is slot 0 of ``scope``.
public struct UpdateStatement: Sendable {
  /// Nesting depth at which it was opened.
  public var scope: UInt8
  /// The table.
  public var table: TableSchema
  /// SET.
  public var assignments: ContiguousArray<Assignment>
  /// WHERE.
  public var filter: Expr?
  /// Whether every row is meant when there is no WHERE.
  public var allRows = false
  /// What the changed rows give back.
  public var returning: Fields?

  /// Makes an update.
  public init(scope: UInt8, table: TableSchema, assignments: ContiguousArray<Assignment>) {
    self.scope = scope
    self.table = table
    self.assignments = assignments
  }
}

/// DELETE as a value. Its table is slot 0 of ``scope``.
public struct DeleteStatement: Sendable {
  /// Nesting depth at which it was opened.
  public var scope: UInt8
  /// The table.
  public var table: TableSchema
  /// WHERE.
  public var filter: Expr?
  /// Whether every row is meant when there is no WHERE.
  public var allRows = false
  /// What the deleted rows give back.
  public var returning: Fields?

  /// Makes a delete.
  public init(scope: UInt8, table: TableSchema) {
    self.scope = scope
    self.table = table
  }
}

/// SQL text with values between its parts: `parts[0] args[0] parts[1] …`.
public struct RawStatement: Sendable {
  /// Whether the statement may change anything; decides where it runs on engines with one writer.
  public enum Access: UInt8, Sendable, Hashable { case read, write }
  /// The text between the values; always one more than ``args``.
  public var parts: ContiguousArray<String>
  /// Bound values, identifiers and fragments.
  public var args: ContiguousArray<Expr>
  /// Whether it may write.
  public var access: Access
  /// Whether scoping plugins let it through although they cannot see into it.
  public var unscoped = false
  /// The types its columns are read as, where the caller knows them and neither ``swiftTypes`` nor ``table`` says.
  public var types: ContiguousArray<SQLType?> = []
  /// The Swift types its columns are read as, by position; their column types with that.
  public var swiftTypes: ContiguousArray<any ColumnValue.Type> = []
  /// The table whose records its rows are read as; nil where they are not.
  public var table: TableSchema?

  /// Makes a statement.
  public init(parts: ContiguousArray<String>, args: ContiguousArray<Expr>, access: Access) {
    self.parts = parts
    self.args = args
    self.access = access
  }
}
