import ArgumentParser
import RowanCore
import RowanMigrations

/// `rowan generate <name>`
struct GenerateCommand: ToolCommand {
  static let title = "generate"
  static var configuration: CommandConfiguration {
    describe(
      "Write migrations from the last snapshot to the code, on every configured engine under one name.",
      [
        "generate add_users", "generate rename_email --rename users.mail:email", "generate --check",
        "generate backfill_names --empty",
      ], name: "generate")
  }

  @OptionGroup var common: CommonOptions
  @OptionGroup var renames: RenameOptions

  @Argument(help: "The migration's name: letters, digits and underscores.")
  var name: String?

  @Flag(name: .long, help: "Write nothing; exit with 2 where there is something to generate.")
  var check = false

  @Flag(name: .long, help: "Write migrations without statements, to be filled in by hand.")
  var empty = false

  func validate() throws {
    if check == (name != nil) { throw ValidationError(check ? "--check takes no name." : "Name the migration.") }
    if check && empty { throw ValidationError("--check and --empty exclude each other.") }
    if let name {
      do {
        try MigrationName.check(name)
      } catch {
        throw ValidationError("\(error.message); \(error.hint ?? "")")
      }
    }
  }

  func execute(_ session: Session) async throws -> CommandReport {
    if empty { return try written(try emptyMigrations(session), session) }
    let comparison = try SchemaComparison(session, command: "generate")
    try comparison.check(renames)
    switch try await comparison.compared(renames.answers(), asking: !check) {
    case .ambiguous(let questions): return .ambiguous(questions, session)
    case .compared(let engines):
      if check { return DifferenceReport(session: session, engines: engines).report() }
      return try written(
        engines.compactMap { engine, migration in
          migration.map {
            PlannedFiles(
              directory: engine.generator.directory, contents: $0.contents, migration: $0,
              lastCreated: engine.lastCreated)
          }
        }, session)
    }
  }

  private func emptyMigrations(_ session: Session) throws -> [PlannedFiles] {
    try session.providers().map { provider in
      let directory = try session.directory(provider.dialect.name)
      let history = try directory.load()
      let contents = MigrationContents(
        up: "-- REVIEWED: false\n", down: "-- REVIEWED: false\n",
        snapshot: try history.lastSnapshot(provider.dialect).json(),
        meta: MigrationMeta(tool: MigrationGenerator.toolVersion, statements: [], downStatements: []))
      return PlannedFiles(
        directory: directory, contents: contents, migration: nil,
        lastCreated: history.migrations.last?.entry.createdAt)
    }
  }

  private func written(_ planned: [PlannedFiles], _ session: Session) throws -> CommandReport {
    var report = CommandReport()
    let time = MigrationMoment.next(after: planned.compactMap(\.lastCreated))
    var written: [JSONValue] = []
    for files in planned {
      let file = try files.directory.write(name: name ?? "", at: time, contents: files.contents)
      report.line("\(session.style.good("wrote")) \(files.directory.storage.location)/\(file.tag)")
      let differences = files.migration?.diff.differences ?? []
      for difference in differences { report.line("  \(difference)") }
      let losses = files.migration?.losses ?? []
      for loss in losses { report.line("  \(session.style.bad("loses")) \(loss)") }
      written.append(
        .members([
          ("dialect", .string(files.directory.dialect)), ("tag", .string(file.tag)),
          ("path", .string("\(files.directory.storage.location)/\(file.tag)")),
          ("changes", .array(differences.map(\.json))), ("losses", .strings(losses)),
        ]))
    }
    if planned.isEmpty { report.line("nothing to generate: the code is what the last migrations made") }
    report.field("migrations", .array(written))
    return report
  }
}

/// Files that are to be written.
struct PlannedFiles: Sendable {
  let directory: MigrationDirectory
  let contents: MigrationContents
  let migration: GeneratedMigration?
  let lastCreated: Timestamp?
}
