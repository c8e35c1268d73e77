public import RowanCore

extension PostgresDialect {
  /// A session-level advisory lock. It is tried, never waited for: a statement that waits has a snapshot, which
  /// `CREATE INDEX CONCURRENTLY` of the holder would wait for in turn.
  /// https://www.postgresql.org/docs/current/functions-admin.html#FUNCTIONS-ADVISORY-LOCKS
  public func migrationLock(_ name: String) -> MigrationLockSQL? {
    let key = StableHash.of(name)
    let high = Int64(bitPattern: key >> 32), low = Int64(bitPattern: key & 0xFFFF_FFFF)
    let signed = Int64(bitPattern: key)
    return MigrationLockSQL(
      tryLock: "SELECT CASE WHEN pg_try_advisory_lock(\(signed)) THEN 1 ELSE 0 END",
      isHeld: """
        SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid() AND granted
        AND objsubid = 1 AND classid::bigint = \(high) AND objid::bigint = \(low)
        """,
      release: "SELECT CASE WHEN pg_advisory_unlock(\(signed)) THEN 1 ELSE 0 END")
  }

  /// https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-LOCK-TIMEOUT
  public func migrationSettings(_ settings: MigrationSettings) -> [String] {
    let (seconds, attoseconds) = settings.lockTimeout.components
    let milliseconds = min(max(seconds, 0), 86_400) * 1000 + max(attoseconds, 0) / 1_000_000_000_000_000
    // Zero would be for ever.
    return ["SET lock_timeout = '\(max(1, milliseconds))ms'"]
  }

  /// https://www.postgresql.org/docs/current/sql-reset.html
  public var settingsRestoration: SQL? {
    """
    SELECT unnest(ARRAY['SET SESSION AUTHORIZATION DEFAULT', 'RESET ROLE', 'RESET ALL',
      format('SET lock_timeout = %L', current_setting('lock_timeout')),
      format('SET search_path = %s', current_setting('search_path'))])
    """
  }
}
