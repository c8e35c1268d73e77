public import RowanCore

/// Finds what may have been renamed, by how alike it is. It never decides.
public struct RenameSearch: Sendable {
  /// From how alike two things are on it is asked whether they are one.
  public static let threshold = 0.5

  private let before: SchemaSnapshot
  private let after: SchemaSnapshot
  private let answers: RenameAnswers

  /// Searches between two schemas of one engine.
  public init(from before: SchemaSnapshot, to after: SchemaSnapshot, answers: RenameAnswers) {
    self.before = before
    self.after = after
    self.answers = answers
  }

  /// The open questions, most alike first. Those about columns of a table come once it is known which table it was.
  /// - Throws: ``RowanError/Code/invalidConfiguration`` for renames that contradict one another.
  public func questions() throws -> [RenameQuestion] {
    let names = try NameMap(before, after, answers.renames)
    let gone = before.tables.filter { after.table(names.present($0.name)) == nil }
    let new = after.tables.filter { before.table(names.former($0.name)) == nil }
    let tables = pairs(gone, new, .table, name: \.name, likeness: Self.likeness)
    if !tables.isEmpty { return tables }
    var columns: [RenameQuestion] = []
    for table in after.tables {
      guard let former = before.table(names.former(table.name)) else { continue }
      let old = names.underNewColumns(names.underNewName(former))
      let gone = old.columns.filter { table.column($0.name) == nil }
      let new = table.columns.filter { old.column($0.name) == nil }
      columns += pairs(gone, new, .column(of: table.name), name: { ObjectName($0.name) }) { one, other in
        Self.likeness(one, other, old, table)
      }
    }
    return columns
  }

  private func pairs<Item>(
    _ gone: [Item], _ new: [Item], _ subject: RenameQuestion.Subject, name: (Item) -> ObjectName,
    likeness: (Item, Item) -> Double
  ) -> [RenameQuestion] {
    var questions: [RenameQuestion] = []
    for old in gone {
      for item in new {
        let question = RenameQuestion(subject, from: name(old), to: name(item), likeness: likeness(old, item))
        if question.likeness >= Self.threshold, !answers.separate.contains(question.pair) { questions.append(question) }
      }
    }
    return questions.sorted { one, other in
      if one.likeness != other.likeness { return one.likeness > other.likeness }
      return (one.from, one.to) < (other.from, other.to)
    }
  }

  /// Mostly by columns of one name and like types, a little by name. A table may have moved to another namespace.
  private static func likeness(_ one: TableSnapshot, _ other: TableSnapshot) -> Double {
    let all = Set(one.columns.map(\.name)).union(other.columns.map(\.name)).count
    let common = one.columns.reduce(0) { sum, column in
      sum + (other.column(column.name).flatMap { TypeLikeness.of(column.type, $0.type) } ?? 0)
    }
    let share = all == 0 ? 0 : common / Double(all)
    return 0.75 * share + 0.25 * NameLikeness.of(one.name.name, other.name.name)
  }

  /// By what it holds, what it is part of, where it stands and how it is called.
  private static func likeness(
    _ one: ColumnSnapshot, _ other: ColumnSnapshot, _ old: TableSnapshot, _ new: TableSnapshot
  ) -> Double {
    // Something computed and something stored, or types of different kinds, are two things.
    guard (one.computed == nil) == (other.computed == nil), let share = TypeLikeness.of(one.type, other.type) else {
      return 0
    }
    var score = 0.4 * share + 0.3 * NameLikeness.of(one.name, other.name)
    if one.isNullable == other.isNullable { score += 0.05 }
    if one.defaultValue == other.defaultValue { score += 0.05 }
    if one.identity == other.identity { score += 0.05 }
    if old.columns.firstIndex(of: one) == new.columns.firstIndex(of: other) { score += 0.1 }
    func targets(_ column: String, _ table: TableSnapshot) -> [ObjectName] {
      table.foreignKeys.filter { $0.columns == [column] }.map(\.target)
    }
    if targets(one.name, old) == targets(other.name, new) { score += 0.05 }
    return score
  }
}
