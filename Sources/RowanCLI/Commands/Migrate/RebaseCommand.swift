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
      ones that the database has not applied. SQL written by hand is kept.
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
    let asked = try await asked(session)
    for provider in try session.providers() {
      let directory = try session.directory(provider.dialect.name)
      if try directory.journal().entries.isEmpty { continue }
      let known = provider.dialect.name == asked?.dialect ? asked?.ids ?? [] : []
      let rebaser = MigrationRebaser(dialect: provider.dialect, directory: directory, options: session.tool.ddl)
      let tags = try rebaser.rebase(applied: known.union(applied), at: Timestamp.now())
      report.line(
        tags.isEmpty
          ? "\(directory.dialect): one chain, nothing to move"
          : "\(directory.dialect): \(session.style.good("moved")) \(tags.joined(separator: ", "))")
      list.append(.members([("dialect", .string(directory.dialect)), ("moved", .strings(tags))]))
    }
    report.field("dialects", .array(list))
    return report
  }

  /// What the database has applied. The files cannot be loaded as a history while they are branched.
  private func asked(_ session: Session) async throws -> (dialect: String, ids: Set<String>)? {
    if offline { return nil }
    return try await session.withDatabase { database in
      let rows = try await DatabaseMigrations(database).withSession { try await $0.rows() }
      return (database.dialect.name, Set(rows.filter { $0.direction == .up || $0.finishedAt == nil }.map(\.id)))
    }
  }
}
