public import RowanCore

/// The SQL of Postgres.
public struct PostgresDialect: Dialect {
  /// What the server found at connect can do.
  public var capabilities: Capabilities

  /// Makes the dialect.
  public init(capabilities: Capabilities = PostgresDialect.defaultCapabilities) { self.capabilities = capabilities }

  /// What every supported version can do.
  public static var defaultCapabilities: Capabilities { Capabilities() }

  public var name: String { "postgres" }

  public var identifierQuote: Character { "\"" }

  public func makePrinter() -> SQLPrinter { SQLPrinter() }

  public func columnType(_ type: SQLType) throws -> String {
    throw RowanError.unsupported("\(type)", dialect: name, alternative: "")
  }

  public func makeDDLEmitter() -> any DDLEmitter { PostgresDDLEmitter() }
}

struct PostgresDDLEmitter: DDLEmitter {
  func createTable(_ table: TableSchema, ifNotExists: Bool) throws -> [String] { [] }
  func dropTable(_ table: TableSchema, ifExists: Bool) throws -> [String] { [] }
}
