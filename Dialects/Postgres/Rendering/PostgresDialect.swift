public import RowanCore

/// The SQL of PostgreSQL, 13 and later.
public struct PostgresDialect: Dialect {
  /// What the server found at connect can do.
  public var capabilities: Capabilities

  /// Makes the dialect.
  public init(capabilities: Capabilities = PostgresDialect.defaultCapabilities) { self.capabilities = capabilities }

  /// What every supported version can do.
  public static var defaultCapabilities: Capabilities {
    var capabilities = Capabilities()
    capabilities.arrayBinds = true
    capabilities.nativeArrays = true
    // As numeric(20), see columnType.
    capabilities.unsignedBigint = true
    capabilities.bulkInsert = .columnArrays
    // The count travels in 16 bits. https://www.postgresql.org/docs/current/limits.html
    capabilities.maxBinds = 65_535
    capabilities.maxIdentifierBytes = 63
    return capabilities
  }

  /// The engine, as capabilities, errors and URLs call it.
  public var name: String { "postgres" }

  /// What stands around identifiers.
  public var identifierQuote: Character { "\"" }

  /// A printer for one statement.
  public func makePrinter() -> SQLPrinter { PostgresPrinter(dialect: self) }

  /// The statements that make and change schemas.
  public func makeDDLEmitter() -> any DDLEmitter { PostgresDDLEmitter(self) }

  /// What reads the schema of a live database from `pg_catalog`.
  public func makeIntrospector() -> any SchemaIntrospector { PostgresIntrospector() }
}
