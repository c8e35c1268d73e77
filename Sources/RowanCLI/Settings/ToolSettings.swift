public import RowanCore
public import RowanMigrations

/// What flags, the environment and the configuration file say together.
public struct ToolSettings: Sendable {
  /// The database; nil where none is named.
  public var url: ConnectionURL?
  /// The folder of the migrations.
  public var migrations: String
  /// The engines to generate for, by ``Dialect/name``; nil where none is named.
  public var dialects: [String]?
  /// The server, or the empty database, in which schemas are built for comparison; nil where none is named.
  public var scratchURL: ConnectionURL?
  /// What happens where a database's schema is not the one its migrations made.
  public var drift: DriftMode
  /// How long to wait for another runner, in seconds.
  public var lockWait: Int
  /// Whether migrations are applied that nobody has reviewed.
  public var isDevelopment: Bool
  /// Tables that are not the migrations' own.
  public var externalTables: [String]
}

/// The flags that stand in for settings.
struct SettingFlags: Sendable {
  var config: String?
  var url: String?
  var migrations: String?
  var dialects: [String] = []
  var scratchURL: String?
  var drift: String?
  var lockWait: Int?
  var allowsUnreviewed = false
}
