import ArgumentParser
import RowanMigrations

/// A command that runs migrations.
protocol RunCommand: ToolCommand {
  var options: RunOptions { get }
  /// What is asked of the runner.
  var command: MigrationCommand { get }
}

extension RunCommand {
  func settingFlags(_ flags: inout SettingFlags) { options.set(&flags) }

  func execute(_ session: Session) async throws -> CommandReport {
    let (command, flags) = (command, options.run)
    let runs = try await session.withDatabase(mayCreate: command.appliesMigrations) { database in
      try await session.migrator(database, flags).run(command)
    }
    var report = CommandReport()
    let statements = runs.reduce(0) { $0 + $1.statements }
    report.line(
      runs.isEmpty
        ? "nothing to do"
        : "\(session.style.good("done")): \(counted(runs.count, "migration")), \(counted(statements, "statement"))")
    report.field("migrations", .array(runs.map(\.json)))
    return report
  }
}

extension MigrationRun {
  fileprivate var json: JSONValue {
    .members([
      ("tag", .string(tag)), ("direction", .string(direction.rawValue)), ("statements", .number(of: statements)),
      ("milliseconds", .integer(ProgressLines.milliseconds(duration))),
    ])
  }
}

/// `rowan migrate latest`
struct LatestCommand: RunCommand {
  static let title = "migrate latest"
  static var configuration: CommandConfiguration {
    describe(
      "Apply everything that is pending; goes on where an interrupted run stopped.",
      ["migrate latest", "migrate latest --url sqlite:app.db --allow-unreviewed"], name: "latest")
  }

  @OptionGroup var common: CommonOptions
  @OptionGroup var options: RunOptions
  var command: MigrationCommand { .latest }
}

/// `rowan migrate up [n]`
struct UpCommand: RunCommand {
  static let title = "migrate up"
  static var configuration: CommandConfiguration {
    describe("Apply the next migrations.", ["migrate up", "migrate up 2"], name: "up")
  }

  @OptionGroup var common: CommonOptions
  @OptionGroup var options: RunOptions
  @Argument(help: "How many.") var count = 1
  var command: MigrationCommand { .up(count) }

  func validate() throws { try MigrationCount.check(count) }
}

/// `rowan migrate down [n]`
struct DownCommand: RunCommand {
  static let title = "migrate down"
  static var configuration: CommandConfiguration {
    describe(
      "Take back the last migrations.", ["migrate down", "migrate down 2 --allow-irreversible"], name: "down")
  }

  @OptionGroup var common: CommonOptions
  @OptionGroup var options: RunOptions
  @Argument(help: "How many.") var count = 1
  var command: MigrationCommand { .down(count) }

  func validate() throws { try MigrationCount.check(count) }
}

/// `rowan migrate rollback`
struct RollbackCommand: RunCommand {
  static let title = "migrate rollback"
  static var configuration: CommandConfiguration {
    describe(
      "Take back what the last run applied, the latest migration first.", ["migrate rollback"], name: "rollback")
  }

  @OptionGroup var common: CommonOptions
  @OptionGroup var options: RunOptions
  var command: MigrationCommand { .rollback }
}

/// `rowan migrate redo [n]`
struct RedoCommand: RunCommand {
  static let title = "migrate redo"
  static var configuration: CommandConfiguration {
    describe(
      "Take back the last migrations and apply them again: while writing one.",
      ["migrate redo", "migrate redo 2 --allow-unreviewed"], name: "redo")
  }

  @OptionGroup var common: CommonOptions
  @OptionGroup var options: RunOptions
  @Argument(help: "How many.") var count = 1
  var command: MigrationCommand { .redo(count) }

  func validate() throws { try MigrationCount.check(count) }
}

/// How many migrations can be asked for.
enum MigrationCount {
  static func check(_ count: Int) throws {
    guard count >= 1 else { throw ValidationError("Ask for one migration or more.") }
  }
}

extension MigrationCommand {
  /// Whether there is something to do in an empty database.
  fileprivate var appliesMigrations: Bool {
    switch self {
    case .latest, .up: true
    default: false
    }
  }
}
