import RowanCore
import RowanMigrations
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Migrations whose process kills itself around one of the calls that write.
struct DyingMigrations: MigrationAdapter {
  let base: any MigrationAdapter
  let point: DeathPoint

  init(_ base: any MigrationAdapter, point: String) {
    self.base = base
    self.point = DeathPoint(point)
  }

  var dialect: any Dialect { base.dialect }

  func withSession<R: Sendable>(
    _ body: @Sendable (any MigrationSession) async throws -> R
  ) async throws -> R {
    let point = point
    return try await base.withSession { session in try await body(DyingSession(base: session, point: point)) }
  }
}

/// When the process dies.
final class DeathPoint: Sendable {
  private let isBefore: Bool
  private let number: Int?
  let isHolding: Bool
  private let count = Mutex(0)

  init(_ text: String) {
    let parts = text.split(separator: ":")
    isBefore = parts.first == "before"
    number = parts.count == 2 ? Int(parts[1]) : nil
    isHolding = text == "hold"
  }

  /// Runs a call that writes, and dies around it where it is the one.
  func around<R>(_ call: () async throws -> R) async rethrows -> R {
    let own = count.withLock { count in
      count += 1
      return count
    }
    if isBefore, own == number { die() }
    let result = try await call()
    if !isBefore, own == number { die() }
    return result
  }

  private func die() { kill(getpid(), SIGKILL) }
}

private struct DyingWriter: MigrationWriter {
  let base: any MigrationWriter
  let point: DeathPoint

  func run(_ sql: String) async throws { try await point.around { try await base.run(sql) } }
  func save(_ row: AppliedMigration) async throws { try await point.around { try await base.save(row) } }
  func remove(_ id: String) async throws { try await point.around { try await base.remove(id) } }
}

private struct DyingSession: MigrationSession {
  let base: any MigrationSession
  let point: DeathPoint

  var dialect: any Dialect { base.dialect }
  func run(_ sql: String) async throws { try await point.around { try await base.run(sql) } }
  func save(_ row: AppliedMigration) async throws { try await point.around { try await base.save(row) } }
  func remove(_ id: String) async throws { try await point.around { try await base.remove(id) } }
  func isPrepared() async throws -> Bool { try await base.isPrepared() }

  func tryLock(_ owner: MigrationOwner, lease: Duration) async throws -> LockAttempt {
    let attempt = try await base.tryLock(owner, lease: lease)
    if point.isHolding, case .taken = attempt {
      print("holding")
      fflush(nil)
      try await Task.sleep(for: .seconds(600))
    }
    return attempt
  }

  func renew(_ owner: MigrationOwner, lease: Duration) async throws { try await base.renew(owner, lease: lease) }
  func unlock(_ owner: MigrationOwner) async throws { try await base.unlock(owner) }
  func forceUnlock() async throws -> LockHolder? { try await base.forceUnlock() }
  func lockHolder() async throws -> LockHolder? { try await base.lockHolder() }
  func rows() async throws -> [AppliedMigration] { try await base.rows() }
  func now() async throws -> Timestamp { try await base.now() }
  func introspect() async throws -> IntrospectedSchema { try await base.introspect() }

  func transaction(
    of statements: [String], _ body: @Sendable (any MigrationWriter) async throws -> Void
  ) async throws {
    let point = point
    try await point.around {
      try await base.transaction(of: statements) { writer in try await body(DyingWriter(base: writer, point: point)) }
    }
  }
}
