import ArgumentParser
import RowanCore
import RowanMigrations

/// `rowan migrate rebase`
struct RebaseCommand: ToolCommand {
  static let title = "migrate rebase"
  static var configuration: CommandConfiguration {
    describe(
      """
      After a merge of two branches that both generated, move the migrations of one behind those of the other: the \
      ones that the database has not applied. SQL written by hand is kept. After an edit of files that the database \
      has not applied, take it over: their hashes become those of the files.
      """, ["migrate rebase", "migrate rebase --dialect postgres --applied 20260105093000"], name: "rebase")
  }

  @OptionGroup var common: CommonOptions

  @Option(name: .long, help: "An id that some other database has applied, and that must not move; may be repeated.")
  var applied: [String] = []

  @Flag(name: .long, help: "Ask no database: none has applied any of the migrations that may move.")
  var offline = false

  func execute(_ session: Session) async throws -> CommandReport {
    var report = CommandReport()
    var list: [JSONValue] = []
    let (asked, begun) = try await asked(session)
    let directories = try session.providers().map { try session.directory($0.dialect.name) }
    let moment = MigrationMoment.next(after: try directories.flatMap { try $0.journal().entries.map(\.createdAt) })
    for provider in try session.providers() {
      let directory = try session.directory(provider.dialect.name)
      if try directory.journal().entries.isEmpty { continue }
      // What was generated for several engines has one id on all of them.
      let known = asked.union(applied)
      let rebaser = MigrationRebaser(dialect: provider.dialect, directory: directory, options: session.tool.ddl)
      let moved = try rebaser.rebase(applied: known, at: moment)
      // What stopped half-way may be mended and gone on with: a run compares what is done with the file.
      let edited = try rebaser.acceptEdits(applied: known.subtracting(begun.subtracting(applied)))
      for (what, tags) in [("moved", moved), ("took over the edits of", edited)] where !tags.isEmpty {
        report.line("\(directory.dialect): \(session.style.good(what)) \(tags.joined(separator: ", "))")
      }
      if moved.isEmpty && edited.isEmpty { report.line("\(directory.dialect): one chain, nothing to move") }
      list.append(
        .members([("dialect", .string(directory.dialect)), ("moved", .strings(moved)), ("edited", .strings(edited))]))
    }
    report.field("dialects", .array(list))
    return report
  }

  /// What the database has applied, and what of it only in part. The files cannot be loaded as a history while they are
  /// branched.
  private func asked(_ session: Session) async throws -> (applied: Set<String>, begun: Set<String>) {
    if offline { return ([], []) }
    return try await session.withDatabase(mayCreate: true) { database in
      let rows = try await DatabaseMigrations(database).withSession { try await $0.rows() }
      return (
        Set(rows.filter { $0.direction == .up || $0.finishedAt == nil }.map(\.id)),
        Set(rows.filter { $0.direction == .up && $0.finishedAt == nil }.map(\.id))
      )
    }
  }
}
