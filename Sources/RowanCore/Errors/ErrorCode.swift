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
    case unmatchedRelationKey = "unmatched_relation_key"

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
