public import RowanCore

/// Something that went and something like it that came: one thing renamed, or two.
public struct RenameQuestion: Sendable, Hashable {
  /// What it is about.
  public enum Subject: Sendable, Hashable {
    /// A table.
    case table
    /// A column of the table of this present name.
    case column(of: ObjectName)
  }

  /// What it is about.
  public var subject: Subject
  /// What went.
  public var from: ObjectName
  /// What came.
  public var to: ObjectName
  /// How alike the two are, from 0 to 1.
  public var likeness: Double

  /// Makes a question.
  public init(_ subject: Subject, from: ObjectName, to: ObjectName, likeness: Double) {
    self.subject = subject
    self.from = from
    self.to = to
    self.likeness = likeness
  }
}

extension RenameQuestion: CustomStringConvertible {
  /// `table 'a' -> 'b'`, `column 'a' -> 'b' of 't'`.
  public var description: String {
    switch subject {
    case .table: "table '\(from)' -> '\(to)'"
    case .column(let table): "column '\(from.name)' -> '\(to.name)' of '\(table)'"
    }
  }
}

/// What is known of renames: what models say, and what a person has answered.
public struct RenameAnswers: Sendable, Hashable {
  /// What was renamed.
  public var renames: SchemaRenames
  /// What was not: pairs asked about that are two things.
  public var separate: Set<RenameQuestion.Pair>

  /// Begins with what models say.
  public init(_ renames: SchemaRenames = SchemaRenames()) {
    self.renames = renames
    separate = []
  }

  /// Notes an answer.
  public mutating func note(_ question: RenameQuestion, isRename: Bool) {
    guard isRename else {
      separate.insert(question.pair)
      return
    }
    switch question.subject {
    case .table: renames.tables[question.to] = question.from
    case .column(let table): renames.columns[table, default: [:]][question.to.name] = question.from.name
    }
  }
}

extension RenameQuestion {
  /// A question without its likeness.
  public struct Pair: Sendable, Hashable {
    let subject: Subject
    let from: ObjectName
    let to: ObjectName
  }

  /// The question without its likeness.
  public var pair: Pair { Pair(subject: subject, from: from, to: to) }
}

/// The questions that have to be answered before two schemas can be compared.
public struct RenameQuestions: Error, Sendable, Hashable {
  /// The questions, most alike first.
  public var questions: [RenameQuestion]
}
