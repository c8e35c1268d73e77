/// What a script says about itself, on a comment line of its own.
public struct SQLDirective: Sendable, Hashable {
  /// What it says.
  public enum Kind: Sendable, Hashable {
    /// `-- rowan:no-transaction`: no statement of the file runs in a transaction. Stands before the first statement.
    case noTransaction
    /// `-- rowan:outside`: the next statement runs in no transaction; those after it are another group.
    case outside
    /// `-- rowan:group`: the statements after it are another transaction.
    case group
    /// `-- rowan:allow <rule> <reason>`: the next statement may break the rule.
    case allow(rule: String, reason: String)
    /// `-- rowan:irreversible <reason>`: something is lost that the file cannot bring back.
    case irreversible(reason: String)
    /// `-- REVIEWED: false` or `true`.
    case reviewed(Bool)
  }

  /// What it says.
  public var kind: Kind
  /// The line, from 1.
  public var line: Int
  /// How many statements stand before it.
  public var statementsBefore: Int
}
