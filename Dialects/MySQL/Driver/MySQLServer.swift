internal import RowanCore

/// The server found at connect.
struct MySQLServer: Sendable, Hashable {
  /// Whether it is MariaDB rather than MySQL.
  var isMariaDB: Bool
  /// Its version as one number, such as 101119 for 10.11.19.
  var number: Int
  /// What it calls itself.
  var description: String
  /// The largest statement it takes, values included, in bytes.
  var maxPacket: Int
  /// Whether a lock wait timeout rolls back the whole transaction, and not the statement alone.
  var rollbackOnTimeout: Bool
  /// Whether statements can be executed over arrays of values.
  var hasBulkExecution: Bool
  /// Whether a statement can be prepared and executed at once: the server has to know it, and the library to be tried.
  var executesDirectly: Bool

  /// The oldest versions that are supported, which have window functions, common table expressions and checks.
  static let oldestMariaDB = 100_500
  static let oldestMySQL = 80_017

  /// Refuses servers that lack what the dialect takes for granted.
  func check() throws {
    guard number < (isMariaDB ? Self.oldestMariaDB : Self.oldestMySQL) else { return }
    throw RowanError(
      .unsupported, "the server is \(description), which is too old",
      hint: "use MariaDB 10.5 or MySQL 8.0.17, or a later version")
  }
}
