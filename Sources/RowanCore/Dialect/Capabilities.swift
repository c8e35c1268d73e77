/// What an engine can do. The core reads these and never asks which engine it is.
public struct Capabilities: Sendable, Hashable {
  /// `INSERT … RETURNING`.
  public var insertReturning = true
  /// `UPDATE … RETURNING`.
  public var updateReturning = true
  /// `DELETE … RETURNING`.
  public var deleteReturning = true
  /// One bound array in place of a list of values.
  public var arrayBinds = false
  /// Array columns; elsewhere arrays are stored as JSON.
  public var nativeArrays = false
  /// Upsert with a choice of the conflicting columns.
  public var conflictTarget = true
  /// A row that an upsert left alone counts as changed, and comes back from `RETURNING`.
  public var countsIgnoredRows = false
  /// `FULL JOIN`.
  public var fullJoin = true
  /// `LATERAL` sub-queries.
  public var lateral = true
  /// Grouping and ordering a sub-query by columns of the query around it.
  public var correlatedOrder = true
  /// Grouping a sub-query of HAVING by a key of the query around it that is no plain column.
  public var correlatedGroupKeys = true
  /// Row locks (`FOR UPDATE`).
  public var rowLocks = true
  /// DDL inside a transaction that can be rolled back.
  public var transactionalDDL = true
  /// Foreign keys that can be added to and dropped from a table that stays.
  public var alterForeignKeys = true
  /// Several writers at once.
  public var concurrentWriters = true
  /// Namespaces inside one database.
  public var namespaces = true
  /// `INTERSECT` and `EXCEPT`.
  public var intersectAndExcept = true
  /// Isolation levels apart from serializable.
  public var isolationLevels = true
  /// NaN and the infinities in double-precision columns.
  public var nonFiniteDoubles = true
  /// NUL characters inside text.
  public var nulInText = false
  /// Integers above `Int64.max`.
  public var unsignedBigint = false
  /// Placeholders in one statement.
  public var maxBinds = 65_535
  /// Bytes in an identifier.
  public var maxIdentifierBytes = 63
  /// How many rows are inserted at once.
  public var bulkInsert: BulkStrategy = .multiRow(rowsPerStatement: 50)

  /// Starts with what most engines can do.
  public init() {}
}

/// How many rows are inserted at once.
public enum BulkStrategy: Sendable, Hashable {
  /// `VALUES (…), (…), …` in batches of a fixed size, as one prepared statement.
  case multiRow(rowsPerStatement: Int)
  /// One statement over one bound array per column.
  case columnArrays
  /// One single-row statement, executed by the client library over arrays of values.
  case executeMany
}
