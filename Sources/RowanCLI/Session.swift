import RowanCore
import RowanMigrations

/// What a command works with.
struct Session: Sendable {
  let tool: RowanTool
  let settings: ToolSettings
  let console: Console
  let redaction: Redaction
  /// Whether the result is JSON, and nobody reads along.
  let isJSON: Bool
  /// Where relative paths start.
  let folder: String
  /// Whether a flag names the database.
  let hasURLFlag: Bool

  var style: TextStyle { TextStyle(hasColour: console.hasColour && !isJSON) }
  var errorStyle: TextStyle { TextStyle(hasColour: console.isErrorTerminal) }

  /// Tells something that is no part of the result.
  func note(_ text: String) {
    console.error(redaction.apply("\(errorStyle.faint("note:")) \(text)\n"))
  }

  /// The engine called `name`.
  func provider(_ name: String) throws -> DialectProvider {
    if let provider = tool.dialects.first(where: { $0.dialect.name == name }) { return provider }
    let known = tool.dialects.map(\.dialect.name).sorted().joined(separator: ", ")
    throw RowanError(
      .invalidConfiguration, "this program knows no dialect '\(name)'", hint: "it knows: \(known)")
  }

  /// The engines to work for without a database: those named, else all the program knows.
  func providers() throws -> [DialectProvider] {
    guard let names = settings.dialects else { return tool.dialects }
    var seen: Set<String> = []
    return try names.filter { seen.insert($0).inserted }.map { try provider($0) }
  }

  /// The schema in code.
  /// - Throws: for a program that has none.
  func schema(for command: String) throws -> SchemaDefinition {
    if let schema = tool.schema { return schema }
    throw RowanError(
      .invalidConfiguration, "\(command) needs the compiled models, which this program does not have",
      hint: "run it from a program of your own that hands RowanTool its schema; see Docs/cli.md")
  }

  /// Opens the database, hands it to `body`, and closes it however that ends.
  /// - Parameter mayCreate: whether one that is not there may be made, where opening does that; else it is an error.
  func withDatabase<R: Sendable>(
    mayCreate: Bool = false, _ body: @Sendable (Database) async throws -> R
  ) async throws -> R {
    let database = try await openDatabase(mayCreate: mayCreate)
    let result: Result<R, any Error>
    do {
      result = .success(try await body(database))
    } catch {
      result = .failure(error)
    }
    await database.close(timeout: .seconds(5))
    return try result.get()
  }

  private func openDatabase(mayCreate: Bool) async throws -> Database {
    if let open = tool.open {
      if settings.url != nil { note("this program opens its database itself; the URL given does not decide which") }
      return try await open(settings)
    }
    guard let url = settings.url else {
      throw RowanError(
        .invalidConfiguration, "no database is named",
        hint: "give --url, or set ROWAN_URL, or \"url\" in \(ConfigurationFile.defaultName)")
    }
    return try await open(url, mayCreate: mayCreate)
  }

  /// Opens the database of a URL.
  private func open(_ url: ConnectionURL, mayCreate: Bool) async throws -> Database {
    guard let provider = tool.dialects.first(where: { $0.schemes.contains(url.scheme) }) else {
      let known = tool.dialects.flatMap(\.schemes).sorted().joined(separator: ", ")
      throw RowanError(
        .invalidURL, "no dialect answers to '\(url.scheme):'", hint: "this program answers to: \(known)")
    }
    try checkNamed(provider.dialect.name)
    return try await Database.open(try mayCreate ? provider.configuration(url) : provider.existing(url))
  }

  /// Refuses a database of an engine that is not among those named.
  private func checkNamed(_ dialect: String) throws {
    guard let named = settings.dialects, !named.contains(dialect) else { return }
    throw RowanError(
      .invalidConfiguration, "the database is one of \(dialect), but what is named is \(named.joined(separator: ", "))",
      hint: "give the URL of such a database, or name \(dialect) too")
  }

  /// The migrations of an engine.
  func directory(_ dialect: String) throws -> MigrationDirectory {
    try MigrationDirectory(root: settings.migrations, dialect: dialect)
  }

  /// A migrator over an open database.
  func migrator(_ database: Database, _ flags: RunFlags = RunFlags()) throws -> Migrator {
    let name = database.dialect.name
    try checkNamed(name)
    let external = settings.externalTables.map { Session.objectName($0) }
    let options = MigrationOptions(
      policy: MigrationPolicy(
        requiresReview: !settings.isDevelopment, allowsOutOfOrder: flags.allowsOutOfOrder,
        allowsIrreversible: flags.allowsIrreversible),
      drift: settings.drift, lockWait: .seconds(settings.lockWait), scratch: try scratch(name),
      externalTables: Set(external), progress: ProgressLines(session: self).report)
    return Migrator(DatabaseMigrations(database), try directory(name), options: options)
  }

  /// `name` or `namespace.name`.
  static func objectName(_ text: String) -> ObjectName {
    guard let dot = text.firstIndex(of: ".") else { return ObjectName(text) }
    return ObjectName(String(text[text.index(after: dot)...]), namespace: String(text[..<dot]))
  }
}

/// What a run accepts beside what settings say.
struct RunFlags: Sendable {
  var allowsOutOfOrder = false
  var allowsIrreversible = false
}
