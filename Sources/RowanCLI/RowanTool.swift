public import RowanCore

/// The `rowan` command with what a program knows: its schema, its engines, and how it opens its database.
///
/// ```swift
/// @main struct DB {
///   static func main() async {
///     await RowanTool(
///       schema: SchemaDefinition(tables: [User.self, Post.self]), dialects: [.sqlite, .postgres],
///       seed: { db in try await User.insert(User.Draft(name: "Ann")).run(db) }
///     ).main()
///   }
/// }
/// ```
///
/// `swift run db migrate latest` then does what `rowan migrate latest` does, and `swift run db generate add_posts`
/// compares the compiled models with the last migration, which the standalone `rowan` cannot.
public struct RowanTool: Sendable {
  /// What the command is called in help and examples.
  public var name: String
  /// The schema in code; nil for a program that has none.
  public var schema: SchemaDefinition?
  /// The engines it knows, by which URLs are opened and files are generated.
  public var dialects: [DialectProvider]
  /// What of the DDL of generated migrations may differ.
  public var ddl: DDLOptions
  /// Opens the database; wins over every URL. Nil to open the one of the URL.
  public var open: (@Sendable (ToolSettings) async throws -> Database)?
  /// Fills the database with its first rows, for `seed`.
  public var seed: (@Sendable (Database) async throws -> Void)?

  /// Makes a tool.
  public init(
    name: String = "rowan", schema: SchemaDefinition? = nil, dialects: [DialectProvider],
    ddl: DDLOptions = DDLOptions(), open: (@Sendable (ToolSettings) async throws -> Database)? = nil,
    seed: (@Sendable (Database) async throws -> Void)? = nil
  ) {
    self.name = name
    self.schema = schema
    self.dialects = dialects
    self.ddl = ddl
    self.open = open
    self.seed = seed
  }
}
