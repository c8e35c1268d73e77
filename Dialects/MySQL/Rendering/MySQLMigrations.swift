public import RowanCore

extension MySQLDialect {
  /// A named lock of the server, which knows no databases and names of at most 64 characters: the name is a hash of
  /// the database and of what is locked. https://dev.mysql.com/doc/refman/8.0/en/locking-functions.html
  public func migrationLock(_ name: String) -> MigrationLockSQL? {
    let lock: SQL = "CONCAT('rowan_', MD5(CONCAT(DATABASE(), '/', \(name))))"
    return MigrationLockSQL(
      tryLock: "SELECT CAST(COALESCE(GET_LOCK(\(lock), 0), 0) AS SIGNED)",
      isHeld: "SELECT CAST(COALESCE(IS_USED_LOCK(\(lock)) = CONNECTION_ID(), 0) AS SIGNED)",
      release: "SELECT CAST(COALESCE(RELEASE_LOCK(\(lock)), 0) AS SIGNED)")
  }

  /// https://dev.mysql.com/doc/refman/8.0/en/server-system-variables.html#sysvar_lock_wait_timeout
  public func migrationSettings(_ settings: MigrationSettings) -> [String] {
    let timeout = settings.lockTimeout.components
    // Whole ones only.
    let seconds = max(1, min(timeout.seconds, 86_400) + (timeout.attoseconds > 0 ? 1 : 0))
    return ["SET SESSION lock_wait_timeout = \(seconds)", "SET SESSION innodb_lock_wait_timeout = \(seconds)"]
  }

  /// What dumps and migrations by hand change.
  public var settingsRestoration: SQL? {
    """
    SELECT CONCAT('SET SESSION sql_mode = ', QUOTE(@@sql_mode), ', SESSION time_zone = ', QUOTE(@@time_zone),
      ', SESSION foreign_key_checks = ', @@foreign_key_checks, ', SESSION unique_checks = ', @@unique_checks,
      ', SESSION character_set_client = ', QUOTE(@@character_set_client),
      ', SESSION character_set_results = ', QUOTE(@@character_set_results),
      ', SESSION collation_connection = ', QUOTE(@@collation_connection),
      ', SESSION sql_safe_updates = ', @@sql_safe_updates, ', SESSION sql_select_limit = ', @@sql_select_limit,
      ', SESSION default_storage_engine = ', QUOTE(@@default_storage_engine),
      ', SESSION group_concat_max_len = ', @@group_concat_max_len,
      ', SESSION lock_wait_timeout = ', @@lock_wait_timeout,
      ', SESSION innodb_lock_wait_timeout = ', @@innodb_lock_wait_timeout)
    """
  }

  /// Whether statements commit by themselves is a setting.
  public var strayTransactionEnd: [String] { ["ROLLBACK", "SET autocommit = 1"] }
}
