public import RowanCore

/// What the tool knows about a migration beside its SQL, `meta.json`. Not part of the hash.
public struct MigrationMeta: Sendable, Hashable {
  /// What is known about one statement.
  public struct Statement: Sendable, Hashable {
    /// Where a statement runs.
    public enum Placement: String, Sendable, Hashable {
      /// In its group's transaction.
      case inside
      /// In none.
      case outside
    }

    /// The statement's ``MigrationHash/hash(statement:)``, which ties this to the file.
    public var sqlHash: String
    /// Where it runs.
    public var transaction: Placement
    /// What holds in the schema once it has run; nil when nobody knows, as for SQL written by hand.
    public var post: JSONValue?

    /// Makes a description.
    public init(sqlHash: String, transaction: Placement = .inside, post: JSONValue? = nil) {
      self.sqlHash = sqlHash
      self.transaction = transaction
      self.post = post
    }
  }

  /// The version this library reads and writes.
  public static let currentVersion: Int64 = 1

  /// The version of the tool that wrote the migration.
  public var tool: String
  /// The statements of `up.sql` in order.
  public var statements: [Statement]
  /// The statements of `down.sql` in order.
  public var downStatements: [Statement]

  /// Makes a description.
  public init(tool: String, statements: [Statement] = [], downStatements: [Statement] = []) {
    self.tool = tool
    self.statements = statements
    self.downStatements = downStatements
  }

  /// The description as JSON.
  public func text() throws(RowanError) -> String {
    func list(_ statements: [Statement]) -> JSONValue {
      .array(
        statements.map { statement in
          var members: [JSONValue.Member] = [
            .init("sql-hash", .string(statement.sqlHash)),
            .init("transaction", .string(statement.transaction.rawValue)),
          ]
          if let post = statement.post { members.append(.init("post", post)) }
          return .object(members)
        })
    }
    return try JSONValue.object([
      .init("version", .integer(Self.currentVersion)), .init("tool", .string(tool)),
      .init("statements", list(statements)), .init("down-statements", list(downStatements)),
    ]).text()
  }

  /// Reads a description.
  /// - Throws: ``RowanError/Code/migrationFileUnreadable``, naming `location`.
  public init(_ text: String, location: String) throws(RowanError) {
    func unreadable(_ problem: String, _ hint: String? = nil) -> RowanError {
      RowanError(
        .migrationFileUnreadable, "\(location): \(problem)", hint: hint ?? "restore the file from version control")
    }
    let document: JSONValue
    do {
      document = try JSONValue(text)
    } catch {
      throw unreadable(error.message, error.hint)
    }
    guard let version = document["version"]?.integer else { throw unreadable("no version number") }
    guard version == Self.currentVersion else { throw unreadable("its version is \(version)", "update Rowan") }
    guard let tool = document["tool"]?.string else { throw unreadable("no tool version") }
    var lists: [[Statement]] = []
    for name in ["statements", "down-statements"] {
      var list: [Statement] = []
      for (index, item) in (document[name]?.array ?? []).enumerated() {
        guard let hash = item["sql-hash"]?.string,
          let transaction = item["transaction"]?.string.flatMap(Statement.Placement.init(rawValue:))
        else { throw unreadable("entry \(index + 1) of \(name) has no sql-hash or transaction") }
        list.append(Statement(sqlHash: hash, transaction: transaction, post: item["post"]))
      }
      lists.append(list)
    }
    self.init(tool: tool, statements: lists.first ?? [], downStatements: lists.last ?? [])
  }
}
