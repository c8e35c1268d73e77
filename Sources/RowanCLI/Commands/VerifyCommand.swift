import ArgumentParser
import RowanCore
import RowanMigrations

/// `rowan verify`
struct VerifyCommand: ToolCommand {
  static let title = "verify"
  static var configuration: CommandConfiguration {
    describe(
      """
      Replay all migrations in an empty database, up and down again, and compare the schema with each snapshot; exits \
      with 2 where one differs.
      """, ["verify --dialect sqlite", "verify --dialect postgres --scratch-url postgres://rowan@localhost/postgres"],
      name: "verify")
  }

  @OptionGroup var common: CommonOptions

  @Option(name: .long, help: "A server on which a database to replay in may be made (ROWAN_SCRATCH_URL).")
  var scratchUrl: String?

  func settingFlags(_ flags: inout SettingFlags) { flags.scratchURL = scratchUrl }

  func execute(_ session: Session) async throws -> CommandReport {
    var report = CommandReport()
    var list: [JSONValue] = []
    for provider in try providers(session) {
      let name = provider.dialect.name
      guard let scratch = try session.scratch(name) else {
        throw RowanError(
          .invalidConfiguration, "\(name) needs a server to replay migrations on",
          hint: "give --scratch-url or ROWAN_SCRATCH_URL; its user must be allowed to create databases")
      }
      let result = try await Migrator.verify(
        try session.directory(name), dialect: provider.dialect, in: scratch,
        progress: ProgressLines(session: session).report)
      report.line(
        "\(name): \(counted(result.migrations.count, "migration")), "
          + (result.isProven ? session.style.good("proven up and down") : session.style.bad("not what they say")))
      if !result.isProven { report.status = .differences }
      for failure in result.failures {
        report.line("  \(session.style.bad("differs")) after \(failure.tag)/\(failure.direction.rawValue).sql")
        for difference in failure.report.differences { report.line("    \(difference)") }
      }
      list.append(
        .members([
          ("dialect", .string(name)), ("migrations", .strings(result.migrations)),
          ("failures", .array(result.failures.map(\.json))),
        ]))
    }
    report.field("dialects", .array(list))
    return report
  }

  /// Those that are named, else those that have migrations.
  private func providers(_ session: Session) throws -> [DialectProvider] {
    let all = try session.providers()
    if session.settings.dialects != nil { return all }
    return try all.filter { !(try session.directory($0.dialect.name).journal().entries.isEmpty) }
  }
}

extension Migrator.Failure {
  fileprivate var json: JSONValue {
    .members([
      ("tag", .string(tag)), ("direction", .string(direction.rawValue)),
      ("differences", .array(report.differences.map(\.json))), ("unverified", .strings(report.unverified)),
    ])
  }
}
