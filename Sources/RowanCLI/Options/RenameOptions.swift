import ArgumentParser
import RowanCore
import RowanMigrations

/// What the command line says of renames.
struct RenameOptions: ParsableArguments {
  @Option(
    name: .long,
    help: "old:new, or table.old:new for a column of the table of that present name; more than once if need be.")
  var rename: [RenameFlag] = []

  @Option(name: .long, help: "Likewise, for two things that are not one renamed.")
  var notRenamed: [RenameFlag] = []

  /// The answers.
  func answers() -> RenameAnswers {
    var answers = RenameAnswers()
    for flag in rename { answers.note(flag.question, isRename: true) }
    for flag in notRenamed { answers.note(flag.question, isRename: false) }
    return answers
  }
}

/// `old:new`, `table.old:new`, `namespace.old:namespace.new` or `namespace.table.old:new`; a table that moves from the
/// default namespace or to it is written with a dot and nothing before it.
struct RenameFlag: ExpressibleByArgument, Sendable, Hashable {
  let argument: String
  let question: RenameQuestion

  init?(argument: String) {
    self.argument = argument
    let sides = argument.split(separator: ":", omittingEmptySubsequences: false)
    guard sides.count == 2, !sides[0].isEmpty, !sides[1].isEmpty else { return nil }
    let from = sides[0].split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    let to = sides[1].split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    let isQualified = from.count == 2 && to.count == 2
    guard (from.dropFirst(isQualified ? 1 : 0) + to.dropFirst(isQualified ? 1 : 0)).allSatisfy({ !$0.isEmpty }) else {
      return nil
    }
    switch (from.count, to.count) {
    case (1, 1): question = Self.table(ObjectName(from[0]), ObjectName(to[0]))
    case (2, 2): question = Self.table(Self.qualified(from), Self.qualified(to))
    case (2, 1): question = Self.column(ObjectName(from[0]), from[1], to[0])
    case (3, 1): question = Self.column(ObjectName(from[1], namespace: from[0]), from[2], to[0])
    default: return nil
    }
  }

  private static func table(_ from: ObjectName, _ to: ObjectName) -> RenameQuestion {
    RenameQuestion(.table, from: from, to: to, likeness: 1)
  }

  private static func column(_ table: ObjectName, _ from: String, _ to: String) -> RenameQuestion {
    RenameQuestion(.column(of: table), from: ObjectName(from), to: ObjectName(to), likeness: 1)
  }

  private static func qualified(_ parts: [String]) -> ObjectName {
    ObjectName(parts[1], namespace: parts[0].isEmpty ? nil : parts[0])
  }

  /// The flag's value for a question.
  static func text(_ question: RenameQuestion) -> String {
    switch question.subject {
    case .table where (question.from.namespace == nil) != (question.to.namespace == nil):
      "\(question.from.namespace ?? "").\(question.from.name):\(question.to.namespace ?? "").\(question.to.name)"
    case .table: "\(question.from):\(question.to)"
    case .column(let table): "\(table).\(question.from.name):\(question.to.name)"
    }
  }

  /// Whether there is such a thing before and after.
  func applies(from before: SchemaSnapshot, to after: SchemaSnapshot, tables renamed: SchemaRenames) -> Bool {
    switch question.subject {
    case .table: return before.table(question.from) != nil && after.table(question.to) != nil
    case .column(let name):
      guard let new = after.table(name), let old = before.table(renamed.tables[name] ?? name) else { return false }
      return old.column(question.from.name) != nil && new.column(question.to.name) != nil
    }
  }
}
