import RowanCore
import RowanMigrations

/// A history of migrations `a`, `b`, … on days 1, 2, …, each of two statements, and a database's rows for them.
struct PlanFixture {
  var history = MigrationHistory(dialect: "sqlite")
  var rows: [AppliedMigration] = []
  let syntax = ScriptDialect.sqlite.syntax

  init(_ names: String) {
    for (index, name) in names.enumerated() {
      let id = "202611\(index + 10)000000"
      let contents = MigrationContents(
        up: "CREATE TABLE \(name) (id INTEGER);\nCREATE INDEX \(name)_id ON \(name) (id);\n",
        down: "DROP INDEX \(name)_id;\nDROP TABLE \(name);\n", snapshot: "{}\n", meta: MigrationMeta(tool: "1.0.0"))
      history.migrations.append(
        MigrationFile(
          entry: .init(
            id: id, tag: "\(id)_\(name)", parent: history.migrations.last?.id, hash: contents.hash,
            createdAt: Sample.time(day: index)),
          contents: contents))
    }
  }

  func index(_ name: String) throws -> Int {
    guard let index = history.migrations.firstIndex(where: { $0.name == name }) else {
      throw RowanError(.unknownMigration, name)
    }
    return index
  }

  /// Records that a migration was applied.
  mutating func apply(_ name: String, batch: Int) throws {
    rows.append(try row(name, batch: batch, .up, done: 2))
  }

  /// Records that a migration's run was interrupted.
  mutating func interrupt(_ name: String, batch: Int, _ direction: MigrationDirection, done: Int) throws {
    var row = try row(name, batch: batch, direction, done: done)
    row.finishedAt = nil
    row.error = "stopped"
    rows.removeAll { $0.id == row.id }
    rows.append(row)
  }

  func row(_ name: String, batch: Int, _ direction: MigrationDirection, done: Int) throws -> AppliedMigration {
    let file = history.migrations[try index(name)]
    let script = try direction == .up ? file.up(syntax) : file.down(syntax)
    return AppliedMigration(
      id: file.id, name: file.name, hash: file.entry.hash, batch: batch, appliedAt: Sample.time(day: 30),
      direction: direction, statementsApplied: done, statementsTotal: script.steps.count,
      partialHash: MigrationHash.hash(statements: script.steps.prefix(done).map(\.statement.text)),
      startedAt: Sample.time(day: 30), finishedAt: Sample.time(day: 30), error: nil, toolVersion: "1.0.0")
  }

  /// Changes a migration's files, hash and all.
  mutating func edit(_ name: String, _ change: (inout MigrationContents) -> Void) throws {
    let index = try index(name)
    change(&history.migrations[index].contents)
    history.migrations[index].entry.hash = history.migrations[index].contents.hash
  }

  func status() throws -> [String: MigrationStatus.Verdict] {
    let list = try MigrationStatus.list(history, rows: rows.shuffled(), syntax: syntax)
    return Dictionary(uniqueKeysWithValues: list.map { (String($0.tag.dropFirst(15)), $0.verdict) })
  }

  /// The runs as `+a` and `-b`, with the number of statements that are done already, if any.
  func plan(_ command: MigrationCommand, policy: MigrationPolicy = MigrationPolicy()) throws -> [String] {
    try MigrationPlan(command, history: history, rows: rows.shuffled(), syntax: syntax, policy: policy).steps.map {
      ($0.direction == .up ? "+" : "-") + $0.file.name + ($0.done == 0 ? "" : "\($0.done)")
    }
  }
}
