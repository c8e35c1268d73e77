public import RowanCore
import Synchronization

/// Migrations of a database that is none: for tests of what runs migrations.
///
/// The lock behaves as a database's does: one owner at a time, until it is given back or its lease has run out by the
/// clock of this adapter. Statements are noted and nothing else; ``schema`` is what introspection finds.
public final class InMemoryMigrations: MigrationAdapter {
  private struct State {
    var rows: [String: AppliedMigration] = [:]
    var holder: LockHolder?
    var statements: [String] = []
    var schema: SchemaSnapshot
    var advanced = Duration.zero
    var failure: (@Sendable (String) -> (any Error)?)?
  }

  public let dialect: any Dialect
  private let state: Mutex<State>
  private let start: Timestamp
  private let clock = ContinuousClock.now

  /// Makes an empty database.
  /// - Parameters:
  ///   - dialect: the engine whose files are run.
  ///   - start: what its clock says to begin with.
  public init(dialect: any Dialect, start: Timestamp = Timestamp(microseconds: 1_700_000_000_000_000)) {
    self.dialect = dialect
    self.start = start
    state = Mutex(State(schema: SchemaSnapshot(dialect: dialect.name)))
  }

  /// The statements that ran and were not rolled back, in order.
  public var statements: [String] { state.withLock { $0.statements } }

  /// The rows, in the order of their ids.
  public var rows: [AppliedMigration] { state.withLock { $0.rows.values.sorted { $0.id < $1.id } } }

  /// Who has the lock.
  public var holder: LockHolder? { state.withLock { $0.holder } }

  /// What introspection finds.
  public var schema: SchemaSnapshot {
    get { state.withLock { $0.schema } }
    set { state.withLock { $0.schema = newValue } }
  }

  /// Lets time pass for the clock of this adapter.
  public func advance(by duration: Duration) { state.withLock { $0.advanced += duration } }

  /// Fails each statement for which `failure` gives an error.
  public func fail(_ failure: (@Sendable (String) -> (any Error)?)?) { state.withLock { $0.failure = failure } }

  public func withSession<R: Sendable>(
    _ body: @Sendable (any MigrationSession) async throws -> R
  ) async throws -> R {
    try await body(Session(database: self))
  }

  public func keepLock(_ owner: MigrationOwner, lease: Duration) async throws {
    state.withLock { state in
      guard state.holder?.owner.id == owner.id else { return }
      let until = Self.sum(time(state), lease)
      state.holder?.expiresAt = until
    }
  }

  private func time(_ state: State) -> Timestamp {
    let passed = clock.duration(to: .now) + state.advanced
    let microseconds = passed.components.seconds &* 1_000_000 &+ passed.components.attoseconds / 1_000_000_000_000
    return Timestamp(microseconds: start.microseconds &+ microseconds)
  }

  private static func sum(_ time: Timestamp, _ duration: Duration) -> Timestamp {
    Timestamp(microseconds: time.microseconds &+ duration.components.seconds &* 1_000_000)
  }

  private struct Session: MigrationSession {
    let database: InMemoryMigrations

    var dialect: any Dialect { database.dialect }

    func run(_ sql: String) async throws {
      try database.state.withLock { state in
        if let error = state.failure?(sql) { throw error }
        state.statements.append(sql)
      }
    }

    func save(_ row: AppliedMigration) async throws { database.state.withLock { $0.rows[row.id] = row } }

    func remove(_ id: String) async throws { database.state.withLock { _ = $0.rows.removeValue(forKey: id) } }

    func isPrepared() async throws -> Bool { true }

    func tryLock(_ owner: MigrationOwner, lease: Duration) async throws -> LockAttempt {
      database.state.withLock { state in
        let now = database.time(state)
        let before = state.holder
        if let before, before.owner.id != owner.id, before.expiresAt >= now { return .held(before) }
        state.holder = LockHolder(
          owner: owner, acquiredAt: now, expiresAt: InMemoryMigrations.sum(now, lease))
        if let before, before.owner.id != owner.id { return .takenOver(before) }
        return .taken
      }
    }

    func renew(_ owner: MigrationOwner, lease: Duration) async throws {
      try database.state.withLock { state in
        guard state.holder?.owner.id == owner.id else {
          throw RowanError(
            .migrationLockLost, "the lock of the migrations was lost during the run",
            hint: "see what status says before running again")
        }
        let until = InMemoryMigrations.sum(database.time(state), lease)
        state.holder?.expiresAt = until
      }
    }

    func confirmLock(_ owner: MigrationOwner, lease: Duration) async throws { try await renew(owner, lease: lease) }

    func unlock(_ owner: MigrationOwner) async throws {
      database.state.withLock { state in
        if state.holder?.owner.id == owner.id { state.holder = nil }
      }
    }

    func forceUnlock() async throws -> LockHolder? {
      database.state.withLock { state in
        defer { state.holder = nil }
        return state.holder
      }
    }

    func lockHolder() async throws -> LockHolder? { database.holder }

    func rows() async throws -> [AppliedMigration] { database.rows }

    func now() async throws -> Timestamp { database.state.withLock { database.time($0) } }

    func transaction(
      of statements: [String], _ body: @Sendable (any MigrationWriter) async throws -> Void
    ) async throws {
      let before = database.state.withLock { ($0.rows, $0.statements) }
      do {
        try await body(self)
      } catch {
        database.state.withLock { ($0.rows, $0.statements) = before }
        throw error
      }
    }

    func introspect() async throws -> IntrospectedSchema { IntrospectedSchema(database.schema) }
  }
}
