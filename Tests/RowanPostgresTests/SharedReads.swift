import RowanCore
import Testing
import RowanPostgres

extension PostgresDriver {
  /// Has the connection that point reads share opened, which happens in the background once it is asked for. For a
  /// driver of one lane that nobody else uses.
  /// - Returns: the number of its backend.
  func openShared() async throws -> Int64 {
    let text = "SELECT pg_backend_pid()::int8"
    let shared = Statements.compile(text, isPointRead: true)
    let own = Statements.compile(text)
    var found: [Int64] = []
    try await until {
      // Until it is open, both take the one connection there is.
      found = try await query(shared) { $0.int64() }
      return try await query(own) { $0.int64() } != found
    }
    return found.first ?? 0
  }
}
