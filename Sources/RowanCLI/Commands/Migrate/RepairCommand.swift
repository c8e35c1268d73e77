import ArgumentParser
import RowanMigrations

/// `rowan migrate repair`
struct RepairCommand: ToolCommand {
  static let title = "migrate repair"
  static var configuration: CommandConfiguration {
    describe(
      "Settle an interrupted run, once it is known how far it came; status shows the interrupted runs.",
      ["migrate repair --applied 3", "migrate repair --not-applied 3 20260105093000_initial"], name: "repair")
  }

  @OptionGroup var common: CommonOptions
  @OptionGroup var lock: LockOptions

  @Option(name: .long, help: "This statement, from 1, and all before it are done.")
  var applied: Int?

  @Option(name: .long, help: "This statement, from 1, and all after it are not done.")
  var notApplied: Int?

  @Argument(help: "The migration's id or tag, where more than one was interrupted.")
  var tag: String?

  func validate() throws {
    guard (applied == nil) != (notApplied == nil) else {
      throw ValidationError("Give either --applied or --not-applied.")
    }
    guard let number = applied ?? notApplied, number >= 1 else {
      throw ValidationError("Statements are counted from 1.")
    }
  }

  func settingFlags(_ flags: inout SettingFlags) { flags.lockWait = lock.lockWait }

  func execute(_ session: Session) async throws -> CommandReport {
    let finding: Migrator.Finding = applied.map { .applied($0) } ?? .notApplied(notApplied ?? 1)
    let name = tag
    let row = try await session.withDatabase { database in
      try await session.migrator(database).repair(finding, of: name)
    }
    var report = CommandReport()
    if let row {
      let state = row.finishedAt == nil ? "goes on with statement \(row.statementsApplied + 1)" : "is done"
      report.line("\(session.style.good("settled")) \(row.tag): its \(row.direction.rawValue).sql \(state)")
      report.field(
        "migration",
        .members([
          ("tag", .string(row.tag)), ("direction", .string(row.direction.rawValue)),
          ("statementsApplied", .number(of: row.statementsApplied)),
          ("statementsTotal", .number(of: row.statementsTotal)), ("finished", .bool(row.finishedAt != nil)),
        ]))
    } else {
      report.line("\(session.style.good("settled")): nothing of the migration is in the database")
      report.field("migration", .null)
    }
    return report
  }
}

/// `rowan migrate unlock`
struct UnlockCommand: ToolCommand {
  static let title = "migrate unlock"
  static var configuration: CommandConfiguration {
    describe(
      "Take the lock of the migrations from a runner that is known to be dead.", ["migrate unlock"], name: "unlock")
  }

  @OptionGroup var common: CommonOptions

  func execute(_ session: Session) async throws -> CommandReport {
    let holder = try await session.withDatabase { database in try await session.migrator(database).unlock() }
    var report = CommandReport()
    report.line(holder.map { "\(session.style.good("taken")) from \($0)" } ?? "nobody had the lock")
    report.field(
      "holder",
      holder.map {
        .members([
          ("host", .string($0.owner.host)), ("pid", .number(of: $0.owner.pid)),
          ("acquiredAt", .string("\($0.acquiredAt)")), ("expiresAt", .string("\($0.expiresAt)")),
        ])
      } ?? .null)
    return report
  }
}
