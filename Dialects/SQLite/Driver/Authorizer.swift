internal import CSQLite
internal import RowanCore

/// Watches what statements are prepared on a connection: transactions belong to the library, and settings must not
/// outlive the loan they were made in. <https://sqlite.org/c3ref/set_authorizer.html>
final class Authorizer: @unchecked Sendable {
  // Proof for @unchecked: everything is touched by the connection's borrower alone, within `sqlite3_prepare`.

  /// Whether the library itself is preparing.
  var isOwn = false
  /// Whether a setting was changed or a database attached.
  private(set) var isTainted = false
  private var denial: RowanError?
  private let role: SQLiteConnection.Role

  init(role: SQLiteConnection.Role) { self.role = role }

  func install(on db: OpaquePointer) {
    sqlite3_set_authorizer(db, Self.callback, Unmanaged.passUnretained(self).toOpaque())
  }

  /// Why the last statement was refused.
  func takeDenial() -> RowanError? {
    defer { denial = nil }
    return denial
  }

  func clearTaint() { isTainted = false }

  private func isAllowed(_ action: Int32, _ name: UnsafePointer<CChar>?, _ argument: UnsafePointer<CChar>?) -> Bool {
    if isOwn { return true }
    switch action {
    case SQLITE_TRANSACTION, SQLITE_SAVEPOINT:
      denial = RowanError(
        .unsupported, "a statement opens or ends a transaction",
        hint: "use transaction and savepoint, which know what is open")
    case SQLITE_ATTACH, SQLITE_DETACH:
      if role == .writer {
        isTainted = true
        return true
      }
      denial = RowanError(.unsupported, "a read attaches a database", hint: "declare the statement as .write")
    case SQLITE_PRAGMA:
      guard argument != nil, let name, !Self.harmless.contains(String(cString: name).lowercased()) else { return true }
      if role == .writer {
        isTainted = true
        return true
      }
      denial = RowanError(
        .unsupported, "a read changes a setting of its connection", hint: "set it in SQLiteConfiguration")
    default: return true
    }
    return false
  }

  /// PRAGMAs whose argument is no setting of the connection.
  private static let harmless: Set<String> = [
    "application_id", "foreign_key_check", "foreign_key_list", "incremental_vacuum", "index_info", "index_list",
    "index_xinfo", "integrity_check", "optimize", "quick_check", "table_info", "table_list", "table_xinfo",
    "user_version", "wal_checkpoint",
  ]

  private static let callback:
    @convention(c) (
      UnsafeMutableRawPointer?, Int32, UnsafePointer<CChar>?, UnsafePointer<CChar>?, UnsafePointer<CChar>?,
      UnsafePointer<CChar>?
    ) -> Int32 = { context, action, name, argument, _, _ in
      guard let context else { return SQLITE_OK }
      // Proof: the connection that owns the handle owns this object too.
      let authorizer = Unmanaged<Authorizer>.fromOpaque(context).takeUnretainedValue()
      return authorizer.isAllowed(action, name, argument) ? SQLITE_OK : SQLITE_DENY
    }
}
