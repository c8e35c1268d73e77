import RowanCore
import RowanSQLite

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A transaction that others have to wait for.
enum LockedTransaction {
  /// Runs `sql` in a transaction, which on SQLite takes the write lock first, says `holding`, and commits once a line
  /// comes in, or whoever would send it is gone.
  static func hold(_ url: String, _ sql: String) async throws {
    let database = try await Database.open(url: url, dialects: [.sqlite])
    try await database.transaction { transaction in
      try await transaction.run(text: sql)
      print("holding")
      fflush(nil)
      _ = readLine()
    }
    await database.close()
  }
}
