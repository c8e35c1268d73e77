import ArgumentParser
import RowanMigrations

/// `rowan drift`
struct DriftCommand: ToolCommand {
  static let title = "drift"
  static var configuration: CommandConfiguration {
    describe(
      "Compare a database with what its migrations made; exits with 3 where they differ. Changes nothing.",
      ["drift", "drift --scratch-url postgres://rowan@localhost/postgres --json"], name: "drift")
  }

  @OptionGroup var common: CommonOptions

  @Option(name: .long, help: "A server on which databases for comparison may be made (ROWAN_SCRATCH_URL).")
  var scratchUrl: String?

  func settingFlags(_ flags: inout SettingFlags) { flags.scratchURL = scratchUrl }

  func execute(_ session: Session) async throws -> CommandReport {
    let found = try await session.withDatabase { database in try await session.migrator(database).drift() }
    var report = CommandReport(found.hasDrift ? .drift : .success)
    report.line(
      found.hasDrift
        ? "\(session.style.bad("drift")) (+ only in the database, - missing there):"
        : session.style.good("no drift"))
    for difference in found.differences { report.line("  \(session.style.colored(difference))") }
    for expression in found.unverified { report.line("  \(session.style.warning("unverified")) \(expression)") }
    for object in found.unrepresented {
      report.line("  \(session.style.faint("not looked at")) \(object.kind) \(object.name): \(object.reason)")
    }
    report.field("differences", .array(found.differences.map(\.json)))
    report.field("unverified", .strings(found.unverified))
    report.field("unrepresented", .array(found.unrepresented.map(\.json)))
    return report
  }
}
