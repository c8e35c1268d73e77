/// What an engine needs done around the transaction of a migration, beside the migration's own statements.
///
/// A runner, for each transaction: makes the ``settings`` and reads them back; opens the transaction; asks ``asides``
/// and runs the first statement of each row; runs the migration; runs the second statement of each row, then
/// ``beforeCommit``; asks ``checks``, any row of which is a violation; commits; and restores the settings, also when it
/// failed.
public struct MigrationHooks: Sendable, Hashable {
  /// Settings of the connection that have to be made before the transaction opens.
  public var settings: [ConnectionSetting] = []
  /// A query whose rows are pairs of statements: one takes something out of the migration's way, the other puts it back.
  public var asides: String?
  /// Statements to run once the migration is done.
  public var beforeCommit: [String] = []
  /// What must hold before the transaction commits.
  public var checks: [MigrationCheck] = []

  /// Nothing to be done.
  public init() {}
}

/// A setting of a connection, changed for a migration and restored after it.
public struct ConnectionSetting: Sendable, Hashable {
  /// What it is called, for errors.
  public var name: String
  /// A query for its value, as text.
  public var query: String
  /// The beginning of the statement that sets it; the value follows.
  public var assignment: String
  /// The value for the migration, as the query gives it.
  public var value: String

  /// Makes a setting.
  public init(name: String, query: String, assignment: String, value: String) {
    self.name = name
    self.query = query
    self.assignment = assignment
    self.value = value
  }
}

/// A query whose rows are violations.
public struct MigrationCheck: Sendable, Hashable {
  /// The query; the first column of each row says in words what is violated, without any value of a row.
  public var query: String
  /// The code of the error.
  public var code: RowanError.Code
  /// What is wrong when there are rows.
  public var message: String
  /// What to do then.
  public var hint: String

  /// Makes a check.
  public init(query: String, code: RowanError.Code, message: String, hint: String) {
    self.query = query
    self.code = code
    self.message = message
    self.hint = hint
  }
}
