extension RowanError {
  /// The stable kinds of failure. Raw values are snake_case and never change.
  public enum Code: String, Sendable, Hashable, CaseIterable {
    // What the data does not allow.
    case uniqueViolation = "unique_violation"
    case foreignKeyViolation = "foreign_key_violation"
    case notNullViolation = "not_null_violation"
    case checkViolation = "check_violation"
    /// A value does not fit its column: too long, out of range, of the wrong form.
    case valueOutOfRange = "value_out_of_range"

    // What concurrency does not allow; usually worth another try.
    case serializationFailure = "serialization_failure"
    case deadlock
    case lockTimeout = "lock_timeout"

    // Time and cancellation.
    case queryTimeout = "query_timeout"
    case cancelled
    case connectTimeout = "connect_timeout"
    /// No connection became free in time.
    case poolTimeout = "pool_timeout"

    // Connections.
    case connectionRefused = "connection_refused"
    case authenticationFailed = "authentication_failed"
    case unknownDatabase = "unknown_database"
    case connectionLost = "connection_lost"
    case tlsFailed = "tls_failed"
    case tooManyConnections = "too_many_connections"
    case databaseClosed = "database_closed"
    case invalidURL = "invalid_url"
    case invalidConfiguration = "invalid_configuration"

    // Transactions.
    /// A connection was asked for from inside a transaction of the same database.
    case nestedCheckout = "nested_checkout"
    /// A transaction was used after its closure had returned.
    case transactionClosed = "transaction_closed"
    /// The outer transaction was used while a savepoint inside it was open.
    case savepointOpen = "savepoint_open"
    /// The transaction failed before and accepts nothing but a rollback.
    case transactionAborted = "transaction_aborted"
    /// The connection was lost while COMMIT was on its way: it may or may not have happened.
    case commitUnknown = "commit_unknown"
    case readOnlyTransaction = "read_only_transaction"

    // Results.
    case notFound = "not_found"
    case tooManyRows = "too_many_rows"
    case decodingFailed = "decoding_failed"
    case encodingFailed = "encoding_failed"

    // Statements.
    case invalidIdentifier = "invalid_identifier"
    case syntaxError = "syntax_error"
    case unknownTable = "unknown_table"
    case unknownColumn = "unknown_column"
    /// A column was used outside the query it belongs to.
    case columnOutOfScope = "column_out_of_scope"
    case tooManyBinds = "too_many_binds"
    case nestingTooDeep = "nesting_too_deep"
    case emptyStatement = "empty_statement"
    case missingWhere = "missing_where"
    case missingContext = "missing_context"
    case nullComparison = "null_comparison"
    /// A column with a codec was used where its stored form cannot stand for its value.
    case codedColumn = "coded_column"
    case schemaChanged = "schema_changed"
    case permissionDenied = "permission_denied"
    case unsupported
    case vetoed
    case pluginFailed = "plugin_failed"
    /// A model's own hook did what it must not; what hooks throw is thrown as it is.
    case hookFailed = "hook_failed"

    // Scripts of SQL.
    case unterminatedString = "unterminated_string"
    case unterminatedComment = "unterminated_comment"
    /// A body or a parenthesis is not closed.
    case unterminatedBlock = "unterminated_block"
    /// A script holds what only an interactive client understands.
    case clientCommand = "client_command"
    /// A `-- rowan:` directive is unknown, malformed or in the wrong place.
    case invalidDirective = "invalid_directive"

    // Migration files.
    /// A migration's name, time or dialect cannot be used in a path.
    case invalidMigrationName = "invalid_migration_name"
    /// A migration is not later than the one before it.
    case migrationOutOfOrder = "migration_out_of_order"
    /// A migration's files are not those its hash was taken from.
    case migrationTampered = "migration_tampered"
    case migrationFolderMissing = "migration_folder_missing"
    case migrationFileMissing = "migration_file_missing"
    case migrationFileUnreadable = "migration_file_unreadable"
    case migrationNotInJournal = "migration_not_in_journal"
    /// A migration's parent is not the migration before it.
    case migrationChainBroken = "migration_chain_broken"
    /// Two migrations have the same parent.
    case migrationBranched = "migration_branched"
    case duplicateMigration = "duplicate_migration"
    case unknownMigration = "unknown_migration"
    /// What was asked for is refused for a migration that has been applied.
    case migrationApplied = "migration_applied"
    /// A migration was changed after a database had applied it.
    case migrationChanged = "migration_changed"
    /// A database has applied a migration that is not among the files.
    case appliedMigrationMissing = "applied_migration_missing"
    /// A migration was interrupted, and what is asked for cannot start from there.
    case migrationUnfinished = "migration_unfinished"
    case migrationNotReviewed = "migration_not_reviewed"
    /// Taking a migration back would not bring back what it removed.
    case migrationIrreversible = "migration_irreversible"
    /// Two branches changed one thing of the schema, and not alike.
    case migrationConflict = "migration_conflict"
    /// Another runner has the lock of the migrations.
    case migrationLocked = "migration_locked"
    /// The lock of the migrations was lost during a run.
    case migrationLockLost = "migration_lock_lost"
    /// A statement of a migration failed; the cause says why.
    case migrationFailed = "migration_failed"
    /// Whether a statement of an interrupted migration was done cannot be told.
    case migrationStatementUnknown = "migration_statement_unknown"
    /// A database's schema is not the one its migrations made.
    case schemaDrift = "schema_drift"
    case journalUnreadable = "journal_unreadable"
    /// Somebody else changed the journal meanwhile.
    case journalChanged = "journal_changed"
    case unknownJournalVersion = "unknown_journal_version"
    case journalDialectMismatch = "journal_dialect_mismatch"

    // The engine's machine.
    case diskFull = "disk_full"
    case databaseLocked = "database_locked"
    case databaseCorrupt = "database_corrupt"
    case readOnlyDatabase = "read_only_database"
    case ioFailed = "io_failed"
    /// The engine said something no other code fits.
    case serverError = "server_error"
    /// Rowan itself is at fault; please report it.
    case internalError = "internal_error"
  }
}
