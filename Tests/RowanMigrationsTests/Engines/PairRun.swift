import RowanCore
import Testing

@testable import RowanMigrations

/// From one schema made by chance to another over rows, and back.
struct PairRun {
  let engine: MigrationEngine
  let seed: UInt64

  private var note: Comment { "\(engine.name): ROWAN_TEST_SEED=\(seed)" }

  /// Changes that lose nothing.
  func keeping() async throws {
    var generator = PairGenerator(seed: seed, dialect: engine.name)
    let first = generator.schema()
    try await run(first, generator.variant(of: first), isLossy: false)
  }

  /// Changes that lose something: they say so, and go back when that is accepted.
  func losing() async throws {
    var generator = PairGenerator(seed: seed, dialect: engine.name)
    let first = generator.schema()
    try await run(first, generator.destroyed(first), isLossy: true)
  }

  private func run(_ first: PairSchema, _ second: PairSchema, isLossy: Bool) async throws {
    try await engine.withSetup { setup in
      let rows = PairRows(setup: setup)
      let policy = MigrationPolicy(requiresReview: false, allowsIrreversible: isLossy)
      let migrator = try setup.migrator(MigrationOptions(policy: policy, drift: .ignore))
      try generate("first", first, setup)
      try await migrator.run(.latest)
      try await expectNoDrift(migrator, "first")
      try await rows.fill(first, unreferenced: Set(first.tables.map(\.id)).subtracting(second.tables.map(\.id)))
      let before = try await rows.values(first)
      guard let plan = try generate("second", second, setup) else { return }
      #expect(plan.losses.isEmpty == !isLossy, "\(note): \(plan.losses)\n\(plan.contents.up)")
      do {
        try await migrator.run(.latest)
        try await expectNoDrift(migrator, "up\n\(plan.contents.up)")
        for table in second.tables {
          guard let old = first.table(table.id) else { continue }
          let values = try await rows.values(table)
          for column in table.columns {
            guard let former = old.column(column.id), former.computedFrom == nil || !isLossy else { continue }
            compare(before[table.id]?[column.id], former, values[column.id], column, "\(table.name).\(column.name)")
          }
          #expect(values[table.columns[0].id]?.count == PairValues.rows, note)
        }
        if isLossy { try await expectRefusal(setup) }
        try await migrator.run(.down(1))
        try await expectNoDrift(migrator, "down\n\(plan.contents.down)")
        let after = try await rows.values(first)
        for table in first.tables {
          guard let other = second.table(table.id) else { continue }
          for column in table.columns where other.column(column.id) != nil {
            let values = (before[table.id]?[column.id], after[table.id]?[column.id])
            #expect(values.0 == values.1, "\(note): \(table.name).\(column.name) after down\n\(plan.contents.down)")
          }
        }
        try await setup.migrator(
          MigrationOptions(policy: MigrationPolicy(requiresReview: false, allowsIrreversible: true), drift: .ignore)
        ).run(.down(1))
        try await expectNoDrift(migrator, "empty")
      } catch {
        Issue.record("\(note): \(error)\n\(plan.contents.up)\n-- down\n\(plan.contents.down)")
      }
    }
  }

  /// Changes that the rows do not meet: the failure says which, and what was there stays, or is gone on from.
  func violating() async throws {
    var generator = PairGenerator(seed: seed, dialect: engine.name)
    var first = generator.schema()
    guard let table = first.tables.first(where: { $0.keyLength == 1 }) else { return }
    let violation = generator.numbers.pick(PairSchema.Violation.allCases)
    first = first.withBait(in: table.id, ids: [generator.id(), generator.id(), generator.id()])
    var second = generator.variant(of: first).violated(violation, in: table.id)
    let index = try #require(second.tables.firstIndex { $0.id == table.id })
    // What has to be mended keeps its name.
    second.tables[index].name = table.name
    second.tables[index].former = nil
    for (position, column) in second.tables[index].columns.enumerated() {
      guard column.role == .violation || position == 0 else { continue }
      second.tables[index].columns[position].name = column.former ?? column.name
      second.tables[index].columns[position].former = nil
    }
    let (start, goal) = (first, second)
    try await engine.withSetup { setup in
      let rows = PairRows(setup: setup)
      let migrator = try setup.migrator(
        MigrationOptions(policy: MigrationPolicy(requiresReview: false), drift: .ignore))
      try generate("first", start, setup)
      try await migrator.run(.latest)
      try await rows.fill(start)
      let before = try await rows.values(start)
      let plan = try #require(try generate("second", goal, setup))
      let error = await #expect(throws: RowanError.self, "\(note): \(violation)\n\(plan.contents.up)") {
        try await migrator.run(.latest)
      }
      #expect(error?.code == .migrationFailed, "\(note): \(String(describing: error))")
      let codes = violation.codes
      let cause = (error?.cause as? RowanError)?.code
      #expect(cause.map { codes.contains($0) } == true, "\(note): \(violation): \(String(describing: error?.cause))")
      do {
        if setup.dialect.capabilities.transactionalDDL {
          try await expectNoDrift(migrator, "after \(violation)")
          #expect(try await rows.values(start) == before, note)
        }
        try await rows.mend(table)
        try await migrator.run(.latest)
        try await expectNoDrift(migrator, "mended\n\(plan.contents.up)")
      } catch {
        Issue.record("\(note): \(violation): \(error)\n\(plan.contents.up)")
      }
    }
  }

  /// Writes the migration; what it plans. Nothing is a rename that does not say so.
  @discardableResult
  private func generate(_ name: String, _ schema: PairSchema, _ setup: MigrationSetup) throws -> GeneratedMigration? {
    let definition = try schema.definition(setup.dialect)
    let generator = MigrationGenerator(schema: definition, dialect: setup.dialect, directory: setup.directory)
    var answers = RenameAnswers()
    while true {
      do {
        let plan = try generator.plan(answers)
        try setup.generate(name, definition, answers: answers)
        return plan
      } catch let questions as RenameQuestions {
        for question in questions.questions { answers.note(question, isRename: false) }
      }
    }
  }

  private func expectNoDrift(_ migrator: Migrator, _ place: String) async throws {
    let drift = try await migrator.drift()
    #expect(drift.differences == [], "\(note): \(place)")
    #expect(drift.unverified == [], "\(note): \(place)")
    #expect(drift.unrepresented == [], "\(note): \(place)")
  }

  private func expectRefusal(_ setup: MigrationSetup) async throws {
    let careful = try setup.migrator(
      MigrationOptions(policy: MigrationPolicy(requiresReview: false), drift: .ignore))
    let error = await #expect(throws: RowanError.self, note) { try await careful.run(.down(1)) }
    #expect(error?.code == .migrationIrreversible, note)
  }

  private func compare(
    _ before: [String?]?, _ former: PairSchema.Column, _ after: [String?]?, _ column: PairSchema.Column,
    _ place: String
  ) {
    let (before, after) = (before ?? [], after ?? [])
    let isSame =
      before.count == after.count
      && zip(before, after).allSatisfy { PairValues.isSame($0, former.type, $1, column.type, engine.name) }
    #expect(isSame, "\(note): \(place) after up: \(before) -> \(after)")
  }
}

extension PairSchema.Violation {
  /// What an engine calls it.
  var codes: [RowanError.Code] {
    switch self {
    // MariaDB has no error of its own for that.
    case .notNull: [.notNullViolation, .valueOutOfRange]
    case .unique: [.uniqueViolation]
    case .narrowing: [.checkViolation, .valueOutOfRange]
    case .check: [.checkViolation]
    case .foreignKey: [.foreignKeyViolation]
    }
  }
}
