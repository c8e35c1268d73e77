/// What an engine needs done around the transaction of a migration, beside the migration's own statements.
///
/// A runner, for each transaction: makes the ``settings`` and reads them back; opens the transaction; runs the migration,
/// and around those of its statements that they name the ``asides``; runs ``beforeCommit``; asks ``checks``, any row of
/// which is a violation; commits; and restores the settings, also when it failed.
public struct MigrationHooks: Sendable, Hashable {
  /// Settings of the connection that have to be made before the transaction opens.
  public var settings: [ConnectionSetting] = []
  /// What goes with an object that the migration drops and makes again, and is none of its own business.
  public var asides: [MigrationAside] = []
  /// Statements to run once the migration is done.
  public var beforeCommit: [String] = []
  /// What must hold before the transaction commits.
  public var checks: [MigrationCheck] = []

  /// Nothing to be done.
  public init() {}
}

/// What is put aside while a migration drops an object and makes it again: its triggers, say.
public struct MigrationAside: Sendable, Hashable {
  /// A query whose rows are pairs of statements: one takes something out of the migration's way, the other puts it back.
  /// Either may be `NULL`.
  public var query: String
  /// The index of the migration's statement before which the query is asked.
  public var before: Int
  /// The index of the one after which everything is put back.
  public var after: Int

  /// Makes an aside.
  public init(query: String, before: Int, after: Int) {
    self.query = query
    self.before = before
    self.after = after
  }
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
