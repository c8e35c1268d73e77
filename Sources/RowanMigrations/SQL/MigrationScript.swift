public import RowanCore

/// An `up.sql` or `down.sql`: its statements, the transactions they run in, and what the file says about itself.
public struct MigrationScript: Sendable, Hashable {
  /// A statement with what was said about it.
  public struct Step: Sendable, Hashable {
    /// The statement.
    public var statement: SQLStatement
    /// The commit group, from 0: the statements of one group share a transaction.
    public var group: Int
    /// Whether the statement runs in no transaction; it is then the only one of its group.
    public var isOutside: Bool
    /// The rules the statement may break, with the reason for each.
    public var allowances: [Allowance]
  }

  /// A rule that a statement may break.
  public struct Allowance: Sendable, Hashable {
    /// The rule's id.
    public var rule: String
    /// Why.
    public var reason: String
    /// The line of the directive, from 1.
    public var line: Int
  }

  /// The statements in order.
  public var steps: [Step]
  /// All directives in order, as they stand in the file.
  public var directives: [SQLDirective]
  /// Whether the statements run in transactions, one for each group; false after `-- rowan:no-transaction`.
  public var isTransactional: Bool
  /// Whether no `-- REVIEWED: false` stands in the file.
  public var isReviewed: Bool
  /// Why the file cannot bring everything back; empty when it can.
  public var irreversible: [String]
  /// The allowances that no statement follows.
  public var unusedAllowances: [Allowance]

  /// Reads a file's text.
  ///
  /// Directives stand on lines of their own, between statements; `-- rowan:no-transaction` before the first.
  /// - Throws: What ``SQLSplitter/split(_:delimiter:)`` throws, and ``RowanError/Code/invalidDirective``.
  public init(_ text: String, syntax: SQLScriptSyntax) throws(RowanError) {
    let (script, comments) = try SQLSplitter(syntax).scan(text)
    directives = []
    for comment in comments {
      if let directive = try DirectiveReader.read(comment) { directives.append(directive) }
    }
    steps = script.statements.map { Step(statement: $0, group: 0, isOutside: false, allowances: []) }
    isTransactional = true
    isReviewed = true
    irreversible = []
    unusedAllowances = []
    var boundaries: [Int] = []
    for directive in directives {
      switch directive.kind {
      case .noTransaction:
        guard directive.statementsBefore == 0 else {
          throw RowanError.invalidDirective(
            "rowan:no-transaction stands after a statement", line: directive.line,
            hint: "move it before the first statement; it holds for the whole file")
        }
        isTransactional = false
      case .group: boundaries.append(directive.statementsBefore)
      case .outside:
        guard directive.statementsBefore < steps.count else {
          throw RowanError.invalidDirective(
            "rowan:outside stands after the last statement", line: directive.line,
            hint: "move it before the statement it is about")
        }
        steps[directive.statementsBefore].isOutside = true
        boundaries += [directive.statementsBefore, directive.statementsBefore + 1]
      case .allow(let rule, let reason):
        let allowance = Allowance(rule: rule, reason: reason, line: directive.line)
        if directive.statementsBefore < steps.count {
          steps[directive.statementsBefore].allowances.append(allowance)
        } else {
          unusedAllowances.append(allowance)
        }
      case .irreversible(let reason): irreversible.append(reason)
      case .reviewed(let value):
        guard directive.statementsBefore == 0 else {
          throw RowanError.invalidDirective(
            "REVIEWED stands after a statement", line: directive.line, hint: "move it before the first statement")
        }
        if !value { isReviewed = false }
      }
    }
    number(boundaries.sorted())
  }

  /// Empty groups are none.
  private mutating func number(_ boundaries: [Int]) {
    var group = 0
    var rest = boundaries[...]
    for index in steps.indices {
      var isNew = false
      while let boundary = rest.first, boundary <= index {
        rest = rest.dropFirst()
        isNew = index > 0
      }
      if isNew { group += 1 }
      steps[index].group = group
    }
  }
}
