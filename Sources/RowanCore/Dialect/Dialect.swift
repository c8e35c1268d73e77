/// What a database engine's module supplies about its SQL: differences only, each small.
///
/// `Docs/dialect-contract.md` walks through writing one; `RowanTesting` ships the suite that certifies it.
public protocol Dialect: Sendable {
  /// The engine, in lower case: `sqlite`, `postgres`, `mysql`.
  var name: String { get }

  /// What the engine can do.
  var capabilities: Capabilities { get }

  /// The character around identifiers, doubled inside them.
  var identifierQuote: Character { get }

  /// How scripts in the engine's SQL are cut into statements.
  var scriptSyntax: SQLScriptSyntax { get }

  /// The identifier, quoted and escaped.
  /// - Throws: ``RowanError/Code/invalidIdentifier`` when it is empty, too long, or holds NUL.
  func quote(_ identifier: String) throws -> String

  /// A printer for one statement.
  func makePrinter() -> SQLPrinter

  /// Rewrites what the engine lacks in terms of what it has, before printing. Runs once per shape and never sees values.
  func lower(_ statement: Statement) throws -> Statement

  /// The engine's spelling of a column type.
  /// - Throws: ``RowanError/Code/unsupported``.
  func columnType(_ type: SQLType) throws -> String

  /// The statements that make and change schemas.
  func makeDDLEmitter() -> any DDLEmitter

  /// What reads the schema of a live database.
  /// - Throws: ``RowanError/Code/unsupported`` for a dialect without one.
  func makeIntrospector() throws -> any SchemaIntrospector

  /// The engine's own lock between runners of migrations; nil where it has none that outlives a transaction.
  /// - Parameter name: what is locked: a database and the table of its migrations.
  func migrationLock(_ name: String) -> MigrationLockSQL?

  /// Statements that set up a connection for migrations.
  func migrationSettings(_ settings: MigrationSettings) -> [String]

  /// A query for the statements that make a connection's settings what they are now, whatever a migration changes of
  /// them; nil where a migration can change none that outlive it.
  var settingsRestoration: SQL? { get }

  /// Statements that end a transaction which a migration has opened of its own, and let statements commit by themselves
  /// again.
  var strayTransactionEnd: [String] { get }
}

extension Dialect {
  /// The standard's syntax.
  public var scriptSyntax: SQLScriptSyntax { SQLScriptSyntax() }

  /// Changes nothing.
  public func lower(_ statement: Statement) throws -> Statement { statement }

  /// None.
  public func migrationLock(_ name: String) -> MigrationLockSQL? { nil }

  /// None.
  public func migrationSettings(_ settings: MigrationSettings) -> [String] { [] }

  /// None.
  public var settingsRestoration: SQL? { nil }

  /// `ROLLBACK`.
  public var strayTransactionEnd: [String] { ["ROLLBACK"] }

  /// The dialect reads no schemas.
  public func makeIntrospector() throws -> any SchemaIntrospector {
    throw RowanError.unsupported("introspection", dialect: name, alternative: "declare the tables in code")
  }

  /// Puts ``identifierQuote`` around `identifier` and doubles it inside.
  public func quote(_ identifier: String) throws -> String {
    try checkIdentifier(identifier)
    let mark = identifierQuote
    var quoted = String(mark)
    // By scalars: as a character, U+1FEF equals the backtick.
    for scalar in identifier.unicodeScalars {
      quoted.unicodeScalars.append(scalar)
      if mark.unicodeScalars.elementsEqual(CollectionOfOne(scalar)) { quoted.append(mark) }
    }
    quoted.append(mark)
    return quoted
  }

  /// Checks what holds for identifiers of every engine: not empty, no NUL, not too long.
  public func checkIdentifier(_ identifier: String) throws {
    let bytes = identifier.utf8
    if bytes.isEmpty {
      throw RowanError(.invalidIdentifier, "an identifier is empty", hint: "name the table or column")
    }
    if bytes.contains(0) {
      throw RowanError(
        .invalidIdentifier, "an identifier holds a NUL character", hint: "\(name) has no form for it; rename it")
    }
    if bytes.count > capabilities.maxIdentifierBytes {
      throw RowanError(
        .invalidIdentifier,
        "an identifier is \(bytes.count) bytes long; \(name) takes \(capabilities.maxIdentifierBytes)",
        hint: "shorten it; the engine would cut it without a word")
    }
  }
}
