public import RowanCore

/// The SQL of SQLite, 3.37 and later.
public struct SQLiteDialect: Dialect {
  /// What the library found at run time can do.
  public var capabilities: Capabilities

  /// Makes the dialect.
  public init(capabilities: Capabilities = SQLiteDialect.defaultCapabilities) { self.capabilities = capabilities }

  /// What every supported version can do.
  public static var defaultCapabilities: Capabilities { capabilities(version: 3_037_000) }

  /// What a version can do, as `sqlite3_libversion_number()` tells it.
  /// - Parameters:
  ///   - version: the version, as a number such as 3040001.
  ///   - maxBinds: placeholders in one statement, as `sqlite3_limit` tells; the default of the library when nil.
  public static func capabilities(version: Int, maxBinds: Int? = nil) -> Capabilities {
    var capabilities = Capabilities()
    // https://sqlite.org/lang_returning.html
    capabilities.insertReturning = version >= 3_035_000
    capabilities.updateReturning = version >= 3_035_000
    capabilities.deleteReturning = version >= 3_035_000
    // RIGHT and FULL arrived together. https://sqlite.org/releaselog/3_39_0.html
    capabilities.fullJoin = version >= 3_039_000
    capabilities.lateral = false
    capabilities.correlatedOrder = false
    capabilities.correlatedGroupKeys = false
    capabilities.rowLocks = false
    capabilities.concurrentWriters = false
    // https://sqlite.org/lang_altertable.html
    capabilities.alterForeignKeys = false
    capabilities.namespaces = false
    capabilities.isolationLevels = false
    // NaN is stored as NULL. https://sqlite.org/floatingpoint.html
    capabilities.nonFiniteDoubles = false
    capabilities.nulInText = true
    // https://sqlite.org/limits.html#max_variable_number
    capabilities.maxBinds = maxBinds ?? 32_766
    // Nothing but the length of the statement limits it.
    capabilities.maxIdentifierBytes = 1_000_000
    capabilities.bulkInsert = .multiRow(rowsPerStatement: 50)
    return capabilities
  }

  /// The engine, as capabilities, errors and URLs call it.
  public var name: String { "sqlite" }

  /// What stands around identifiers.
  public var identifierQuote: Character { "\"" }

  /// A printer for one statement.
  public func makePrinter() -> SQLPrinter { SQLitePrinter(dialect: self) }

  /// The statements that create, change and drop tables.
  public func makeDDLEmitter() -> any DDLEmitter { SQLiteDDLEmitter(self) }

  /// What reads the schema of a live database, in two queries.
  public func makeIntrospector() -> any SchemaIntrospector { SQLiteIntrospector(dialect: self) }
}
