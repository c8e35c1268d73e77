public import RowanCore

/// The SQL of MariaDB, 10.5 and later, and of MySQL, 8.0.17 and later.
public struct MySQLDialect: Dialect {
  /// Which of the two servers it is.
  public enum Flavor: Sendable, Hashable { case mariaDB, mySQL }

  /// What the server found at connect can do.
  public var capabilities: Capabilities

  /// Which of the two servers it is.
  public var flavor: Flavor

  /// Its version as a number, 101106 for 10.11.6; nil where no server was asked.
  public var version: Int?

  /// Makes the dialect.
  public init(capabilities: Capabilities = MySQLDialect.defaultCapabilities, flavor: Flavor = .mariaDB) {
    self.capabilities = capabilities
    self.flavor = flavor
  }

  /// Makes the dialect of a server.
  /// - Parameters:
  ///   - flavor: which of the two servers it is.
  ///   - version: its version as a number, 101106 for 10.11.6.
  public init(_ flavor: Flavor, version: Int) {
    self.flavor = flavor
    self.version = version
    capabilities = MySQLDialect.capabilities(flavor, version: version)
  }

  /// What every supported version of either server can do.
  public static var defaultCapabilities: Capabilities {
    var capabilities = MySQLDialect.capabilities(.mySQL, version: 80_017)
    capabilities.lateral = false
    return capabilities
  }

  /// What a server can do.
  /// - Parameters:
  ///   - flavor: which of the two servers it is.
  ///   - version: its version as a number, 101106 for 10.11.6.
  public static func capabilities(_ flavor: Flavor, version: Int) -> Capabilities {
    var capabilities = Capabilities()
    // https://mariadb.com/kb/en/insertreturning/ https://mariadb.com/kb/en/delete/#returning
    capabilities.insertReturning = flavor == .mariaDB && version >= 100_500
    capabilities.deleteReturning = flavor == .mariaDB && version >= 100_005
    capabilities.updateReturning = false
    capabilities.conflictTarget = false
    // With CLIENT_FOUND_ROWS a row set to what it was counts as one.
    // https://dev.mysql.com/doc/refman/8.0/en/insert-on-duplicate.html
    capabilities.countsIgnoredRows = true
    capabilities.fullJoin = false
    capabilities.correlatedGroupKeys = false
    // https://dev.mysql.com/doc/refman/8.0/en/lateral-derived-tables.html
    capabilities.lateral = flavor == .mySQL && version >= 80_014
    capabilities.transactionalDDL = false
    // https://dev.mysql.com/doc/refman/8.0/en/intersect.html
    capabilities.intersectAndExcept = flavor == .mariaDB ? version >= 100_300 : version >= 80_031
    capabilities.nonFiniteDoubles = false
    capabilities.nulInText = true
    capabilities.unsignedBigint = true
    capabilities.maxBinds = 65_535
    // 64 characters of at most three bytes. https://dev.mysql.com/doc/refman/8.0/en/identifier-length.html
    capabilities.maxIdentifierBytes = 192
    capabilities.bulkInsert = flavor == .mariaDB ? .executeMany : .multiRow(rowsPerStatement: 50)
    return capabilities
  }

  /// The engine, as capabilities, errors and URLs call it.
  public var name: String { "mysql" }

  /// What stands around identifiers.
  public var identifierQuote: Character { "`" }

  /// The collation under which text equals only itself: by code points, case and trailing blanks included.
  public var exactCollation: String { flavor == .mariaDB ? "utf8mb4_nopad_bin" : "utf8mb4_0900_bin" }

  /// https://dev.mysql.com/doc/refman/8.0/en/identifiers.html
  public func quote(_ identifier: String) throws -> String {
    try checkIdentifier(identifier)
    let scalars = identifier.unicodeScalars
    if scalars.count > 64 {
      throw RowanError(
        .invalidIdentifier, "an identifier is \(scalars.count) characters long; mysql takes 64", hint: "shorten it")
    }
    if scalars.last == " " || scalars.contains(where: { $0.value > 0xFFFF }) {
      throw RowanError(
        .invalidIdentifier, "an identifier ends with a blank or holds a character beyond U+FFFF",
        hint: "mysql has no form for it; rename it")
    }
    var quoted = "`"
    for scalar in scalars {
      if scalar == "`" { quoted += "`" }
      quoted.unicodeScalars.append(scalar)
    }
    return quoted + "`"
  }

  /// A printer for one statement.
  public func makePrinter() -> SQLPrinter { MySQLPrinter(dialect: self) }

  /// The statements that create and drop tables.
  public func makeDDLEmitter() -> any DDLEmitter { MySQLDDLEmitter(self) }

  /// What reads the schema of a live database from `information_schema`.
  public func makeIntrospector() -> any SchemaIntrospector { MySQLIntrospector(flavor: flavor) }

  /// Whether indexes keep descending order; older servers read the word and forget it.
  /// https://mariadb.com/kb/en/create-index/#descending-indexes
  var hasDescendingIndexes: Bool { flavor == .mySQL || (version ?? 100_800) >= 100_800 }
}
