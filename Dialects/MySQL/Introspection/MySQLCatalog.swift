internal import RowanCore

/// What the catalogs say of the connection's database, in a fixed number of queries.
///
/// https://mariadb.com/kb/en/information-schema-tables/
/// https://dev.mysql.com/doc/refman/8.0/en/information-schema.html
struct MySQLCatalog {
  let flavor: MySQLDialect.Flavor
  /// The version's numbers, `10.11.6`.
  let version: String
  let database: String
  let tables: [MySQLTableRow]
  let columns: [String: [MySQLColumnRow]]
  let indexes: [String: [MySQLIndexRow]]
  let checks: [String: [MySQLCheckRow]]
  let keys: [String: [MySQLForeignKeyRow]]
  let actions: [String: [MySQLActionRow]]
  let views: [MySQLViewRow]
  let programs: [UnrepresentedObject]

  /// An expression as the server gave it.
  func expression(_ text: String) -> SchemaExpression {
    let text = source(text)
    return SchemaExpression(
      text,
      canonical: CanonicalSQL(engine: flavor == .mariaDB ? "mariadb" : "mysql", version: version, text: text))
  }

  /// An expression as it can be given to the server again.
  private func source(_ text: String) -> String {
    let plain = flavor == .mySQL ? MySQLStoredText.unescaped(text) : text
    return MySQLStoredText.bare(MySQLStoredText.unqualified(plain, database: database))
  }
}

extension MySQLCatalog {
  /// Reads the catalogs.
  init(_ db: some QueryExecutor, flavor: MySQLDialect.Flavor) async throws {
    let query = MySQLCatalogQueries(flavor: flavor)
    let (version, database) = try await query.server(db)
    guard let database else {
      throw RowanError(.unknownDatabase, "the connection has no database", hint: "name one in the URL")
    }
    let numbers = String(version.prefix { $0.isNumber || $0 == "." })
    let hasIgnoredIndexes = flavor == .mySQL || Self.number(numbers) >= 1006
    self.init(
      flavor: flavor, version: numbers, database: database, tables: try await query.tables(db),
      columns: Dictionary(grouping: try await query.columns(db), by: \.table),
      indexes: Dictionary(grouping: try await query.indexes(db, hasIgnored: hasIgnoredIndexes), by: \.table),
      checks: Dictionary(grouping: try await query.checks(db), by: \.table),
      keys: Dictionary(grouping: try await query.foreignKeys(db), by: \.table),
      actions: Dictionary(grouping: try await query.actions(db), by: \.table), views: try await query.views(db),
      programs: try await query.programs(db))
  }

  /// `10.11.6` as 1011.
  private static func number(_ version: String) -> Int {
    let parts = version.split(separator: ".").map { Int($0) ?? 0 }
    return (parts.first ?? 0) * 100 + (parts.dropFirst().first ?? 0)
  }
}
