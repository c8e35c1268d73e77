import ArgumentParser
import RowanMigrations

/// The flags of both spellings of `baseline`.
struct BaselineOptions: ParsableArguments {
  @Option(name: .long, help: "The id or tag of the last migration to record; all of them by default.")
  var upTo: String?

  @Option(name: .long, help: "A server on which databases for comparison may be made (ROWAN_SCRATCH_URL).")
  var scratchUrl: String?

  @OptionGroup var lock: LockOptions

  func set(_ flags: inout SettingFlags) {
    flags.scratchURL = scratchUrl
    flags.lockWait = lock.lockWait
  }

  static func describe(_ name: String) -> CommandConfiguration {
    BaselineCommand.describe(
      "Record migrations as applied without running them, for a database that has their schema already.",
      ["\(name)", "\(name) --up-to 20260105093000_initial"], name: "baseline")
  }

  func execute(_ session: Session) async throws -> CommandReport {
    let last = upTo
    let tags = try await session.withDatabase { database in
      try await session.migrator(database).baseline(upTo: last)
    }
    var report = CommandReport()
    for tag in tags { report.line("\(session.style.good("recorded")) \(tag)") }
    if tags.isEmpty { report.line("there are no migrations to record") }
    report.field("recorded", .strings(tags))
    return report
  }
}

/// `rowan baseline`
struct BaselineCommand: ToolCommand {
  static let title = "baseline"
  static var configuration: CommandConfiguration { BaselineOptions.describe("baseline") }
  @OptionGroup var common: CommonOptions
  @OptionGroup var options: BaselineOptions
  func settingFlags(_ flags: inout SettingFlags) { options.set(&flags) }
  func execute(_ session: Session) async throws -> CommandReport { try await options.execute(session) }
}

/// `rowan migrate baseline`
struct MigrateBaselineCommand: ToolCommand {
  static let title = "migrate baseline"
  static var configuration: CommandConfiguration { BaselineOptions.describe("migrate baseline") }
  @OptionGroup var common: CommonOptions
  @OptionGroup var options: BaselineOptions
  func settingFlags(_ flags: inout SettingFlags) { options.set(&flags) }
  func execute(_ session: Session) async throws -> CommandReport { try await options.execute(session) }
}
