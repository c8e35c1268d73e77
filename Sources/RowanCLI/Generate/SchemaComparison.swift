import RowanCore
import RowanMigrations

/// The code against the last migrations, on every engine that is asked for.
struct SchemaComparison: Sendable {
  /// One engine.
  struct Engine: Sendable {
    let generator: MigrationGenerator
    let before: SchemaSnapshot
    let after: SchemaSnapshot
    let lastCreated: Timestamp?
  }

  /// What came of it.
  enum Outcome: Sendable {
    case compared([(engine: Engine, migration: GeneratedMigration?)])
    case ambiguous([RenameQuestion])
  }

  let session: Session
  let engines: [Engine]

  init(_ session: Session, command: String) throws {
    self.session = session
    let schema = try session.schema(for: command)
    engines = try session.providers().map { provider in
      let directory = try session.directory(provider.dialect.name)
      let generator = MigrationGenerator(
        schema: schema, dialect: provider.dialect, directory: directory, options: session.tool.ddl)
      let history = try directory.load()
      return Engine(
        generator: generator, before: try history.lastSnapshot(provider.dialect),
        after: try schema.snapshot(for: provider.dialect), lastCreated: history.migrations.last?.entry.createdAt)
    }
  }

  /// Refuses answers to what nobody asked: a mistyped one would let a drop and an add through.
  func check(_ options: RenameOptions) throws {
    var renamed = session.tool.schema?.renames ?? SchemaRenames()
    for flag in options.rename {
      if case .table = flag.question.subject { renamed.tables[flag.question.to] = flag.question.from }
    }
    for flag in options.rename + options.notRenamed {
      guard engines.contains(where: { flag.applies(from: $0.before, to: $0.after, tables: renamed) }) else {
        throw RowanError(
          .invalidConfiguration, "'\(flag.argument)' names nothing that went and came",
          hint: "write old:new for tables and table.old:new for columns, the table by its present name")
      }
    }
  }

  /// Compares, and asks about renames where somebody can be asked.
  func compared(_ answers: RenameAnswers, asking: Bool) async throws -> Outcome {
    var answers = answers
    let prompt = asking ? RenamePrompt(session) : nil
    while true {
      do {
        return .compared(
          try engines.map { ($0, try $0.generator.plan(from: $0.before, to: $0.after, answers: answers)) })
      } catch let open as RenameQuestions {
        guard let prompt else { return .ambiguous(try questions(answers)) }
        try await prompt.ask(open.questions, &answers)
      }
    }
  }

  /// The questions of all engines, each once.
  private func questions(_ answers: RenameAnswers) throws -> [RenameQuestion] {
    var seen: Set<RenameQuestion.Pair> = []
    var list: [RenameQuestion] = []
    for engine in engines {
      do {
        _ = try engine.generator.plan(from: engine.before, to: engine.after, answers: answers)
      } catch let open as RenameQuestions {
        list += open.questions.filter { seen.insert($0.pair).inserted }
      }
    }
    return list
  }
}

extension CommandReport {
  /// The machine-readable form of open questions.
  static func ambiguous(_ questions: [RenameQuestion], _ session: Session) -> CommandReport {
    var report = CommandReport(.ambiguous)
    report.line("\(session.style.warning("ambiguous")): something may have been renamed")
    for question in questions {
      report.line("  \(question) (\(RenamePrompt.percent(question)) alike)")
      report.line("    --rename \(RenameFlag.text(question))   or   --not-renamed \(RenameFlag.text(question))")
    }
    report.field("questions", .array(questions.map { $0.json }))
    return report
  }
}

extension RenameQuestion {
  fileprivate var json: JSONValue {
    var members: [(String, JSONValue)] = []
    switch subject {
    case .table: members.append(("kind", .string("table")))
    case .column(let table): members += [("kind", .string("column")), ("table", .string("\(table)"))]
    }
    members += [
      ("from", .string("\(from)")), ("to", .string("\(to)")), ("likeness", .number((likeness * 100).rounded() / 100)),
      ("flag", .string(RenameFlag.text(self))),
    ]
    return .members(members)
  }
}
