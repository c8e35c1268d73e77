/// SQL written by hand: every interpolation is bound, never pasted.
/// ```swift
/// let rows = try await SQL("SELECT id, name FROM users WHERE email = \(email)")
///   .as(Int64.self, String?.self).fetchAll(db)
/// // SELECT id, name FROM users WHERE email = ?
/// ```
/// Identifiers go in by `\(identifier: name)`, columns and fragments by plain interpolation. Values, identifiers and
/// text can be mixed at any point; there is no way to paste a run-time string as SQL.
public struct SQL: Sendable, ExpressibleByStringInterpolation, Runnable {
  /// The text between the values.
  public internal(set) var parts: ContiguousArray<String>
  /// The values, identifiers and expressions.
  public internal(set) var args: ContiguousArray<Expr>
  var unscoped = false

  /// A literal or an interpolation.
  public init(_ text: SQL) { self = text }

  /// A text made by the library itself at run time, such as a dialect's expression.
  package init(text: String) {
    parts = [text]
    args = []
  }

  public init(stringLiteral value: StaticString) {
    parts = [value.description]
    args = []
  }

  public init(stringInterpolation: StringInterpolation) {
    parts = stringInterpolation.parts
    args = stringInterpolation.args
  }

  /// Builds the parts.
  public struct StringInterpolation: StringInterpolationProtocol {
    var parts: ContiguousArray<String> = [""]
    var args: ContiguousArray<Expr> = []

    public init(literalCapacity: Int, interpolationCount: Int) {}

    public mutating func appendLiteral(_ literal: StaticString) {
      parts[parts.count - 1] += literal.description
    }

    private mutating func append(_ expr: Expr) {
      args.append(expr)
      parts.append("")
    }

    /// A bound value.
    public mutating func appendInterpolation(_ value: some ColumnValue) { append(.bind(value.sqlValue)) }
    /// Bound values, separated by commas; an empty list is `NULL`, which no `IN` matches.
    public mutating func appendInterpolation(list values: [some ColumnValue]) {
      if values.isEmpty { return appendLiteral("NULL") }
      for (index, value) in values.enumerated() {
        if index > 0 { appendLiteral(", ") }
        append(.bind(value.sqlValue))
      }
    }
    /// An identifier, quoted and escaped by the dialect; several are joined by points.
    public mutating func appendInterpolation(identifier parts: String...) {
      append(.node(.identifier(ContiguousArray(parts))))
    }
    /// A table's name.
    public mutating func appendInterpolation<T: Table>(_ table: T.Type) {
      let schema = table.schema
      append(.node(.identifier(schema.namespace.map { [$0, schema.name] } ?? [schema.name])))
    }
    /// An expression of the typed surface.
    public mutating func appendInterpolation(_ expression: some SQLExpression) { append(expression.expr) }
    /// A condition of the typed surface.
    public mutating func appendInterpolation(_ condition: Condition) { append(condition.expr) }
    /// Another fragment.
    public mutating func appendInterpolation(_ fragment: SQL) {
      for (index, arg) in fragment.args.enumerated() {
        parts[parts.count - 1] += fragment.parts[index]
        append(arg)
      }
      parts[parts.count - 1] += fragment.parts[fragment.parts.count - 1]
    }
  }

  /// Lets plugins that scope every query (tenancy, soft delete) pass this one unseen.
  public var bypassingScopes: SQL {
    var copy = self
    copy.unscoped = true
    return copy
  }

  func statement(
    _ access: RawStatement.Access, as swiftTypes: ContiguousArray<any ColumnValue.Type> = [],
    table: TableSchema? = nil
  ) -> Statement {
    var raw = RawStatement(parts: parts, args: args, access: access)
    raw.unscoped = unscoped
    raw.swiftTypes = swiftTypes
    raw.table = table
    return .raw(raw)
  }

  /// Runs the statement on the write side.
  @discardableResult public func run(_ db: some QueryExecutor) async throws -> WriteResult {
    try await db.runStatement(statement(.write))
  }

  /// Rows of a table's records: the statement selects every column in the order of the model.
  ///
  /// Columns with codecs are decoded. Values in the text are not encoded: SQL written by hand sees stored forms.
  public func `as`<T: Table>(_: T.Type, access: RawStatement.Access = .read) -> RawQuery<T> {
    RawQuery(statement(access, table: T.schema)) { (row: inout RowReader) throws(DecodeFailure) in
      try T.rowanRead(&row)
    }
  }

  /// The fragment as a typed expression.
  public func expression<V: ColumnValue>(_: V.Type) -> Computed<V> { Computed(.node(.raw(parts), args)) }
  /// The fragment as a condition.
  public var condition: Condition { Condition(.node(.raw(parts), args)) }
}

/// A hand-written query and the way its rows are read.
public struct RawQuery<Row: Sendable>: Fetchable {
  public let statement: Statement
  let reader: @Sendable (inout RowReader) throws(DecodeFailure) -> Row

  init(_ statement: Statement, _ reader: @escaping @Sendable (inout RowReader) throws(DecodeFailure) -> Row) {
    self.statement = statement
    self.reader = reader
  }

  public func decode(_ row: inout RowReader) throws(DecodeFailure) -> Row { try reader(&row) }
}
