/// A value that takes part in every statement of a database.
///
/// Order: plugins rewrite in the order in which they were installed, then the codecs of columns are applied, then the
/// dialect lowers. A rewrite runs once per shape, never sees a bound value, and must be a pure function of the tree and
/// the plugin's own configuration; what changes from call to call (tenant, user) is a `.context` node, filled from
/// `db.with(key, value)`.
public protocol DatabasePlugin: Sendable {
  /// A stable name, for error messages.
  var name: String { get }

  /// The statement to compile in place of `statement`.
  func rewrite(_ statement: Statement) throws -> Statement

  /// The codec of `column`, or nil where the plugin has none for it.
  ///
  /// Asked once for each column of each table in each shape. Must be a pure function of its arguments and the plugin's
  /// own configuration. Where several plugins have a codec for one column, each encodes what those installed before it
  /// have made, which is what `column`'s type then says, and decoding goes the other way.
  func codec(for column: ColumnSchema, of table: TableSchema) throws -> (any ColumnCodec)?

  /// Loads what the codecs of `columns` need, such as keys.
  ///
  /// Awaited before a shape that touches these columns first runs, and again whenever ``codecVersion`` has changed. It
  /// may be awaited by several tasks at once, and inside a transaction of its caller's.
  func prepare(for columns: [CodedColumn]) async throws

  /// A number that changes when ``prepare(for:)`` has to be awaited again, such as that of the current key.
  var codecVersion: Int { get }

  /// Called once when the plugin is installed; the place to listen for events.
  func install(on database: Database) async throws

  /// Called on the caller before every statement.
  func beforeQuery(_ statement: Statement) throws -> BeforeQuery

  /// Whether ``beforeQuery(_:)`` does anything; without it the hook costs nothing.
  var observesQueries: Bool { get }

  /// Called after every statement that has run, on the task that ran it, before its caller goes on.
  ///
  /// Its rows have been read and its connection, outside transactions, has been given back. Inside a transaction the
  /// statement may yet be undone. A stream is one statement, and this is called when it ends or is let go. A statement
  /// that failed is not seen here, but by listeners (``DatabaseEvent/queryError(_:_:)``).
  ///
  /// Unlike events, results are never dropped and never late. In return every statement waits for this: it must neither
  /// block nor do I/O. It cannot fail: what has run cannot be refused any more. To refuse a statement there is
  /// ``beforeQuery(_:)``.
  func didRun(_ result: QueryResult)

  /// Whether ``didRun(_:)`` does anything; without it the hook costs nothing. Asked once, when the plugin is installed.
  var observesResults: Bool { get }
}

extension DatabasePlugin {
  /// Changes nothing.
  public func rewrite(_ statement: Statement) throws -> Statement { statement }
  /// No codec.
  public func codec(for column: ColumnSchema, of table: TableSchema) throws -> (any ColumnCodec)? { nil }
  /// Needs nothing.
  public func prepare(for columns: [CodedColumn]) async throws {}
  /// Never changes.
  public var codecVersion: Int { 0 }
  /// Does nothing.
  public func install(on database: Database) async throws {}
  /// Lets the statement pass.
  public func beforeQuery(_ statement: Statement) throws -> BeforeQuery { .proceed }
  /// The hook is off.
  public var observesQueries: Bool { false }
  /// Does nothing.
  public func didRun(_ result: QueryResult) {}
  /// The hook is off.
  public var observesResults: Bool { false }
}

/// What happens with a statement that is about to run. To veto it, throw.
public enum BeforeQuery: Sendable {
  /// It runs.
  case proceed
  /// Another statement runs in its place, under its own shape. It must yield the same columns.
  case replace(Statement)
  /// It runs with `/* text */` after it, for the server's log. The text is part of the statement's shape, so it should
  /// take few different values (a route, not a request). Letters, digits and ` _-=:.,'` only.
  case tag(String)
}
