import ArgumentParser

/// `rowan migrate`
struct MigrateCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "migrate", abstract: "Apply migrations to a database, take them back, and look after them.",
      discussion: Examples.text(["migrate latest --url sqlite:app.db", "migrate status --json", "migrate rollback"]),
      subcommands: [
        LatestCommand.self, UpCommand.self, DownCommand.self, RollbackCommand.self, RedoCommand.self,
        StatusCommand.self, MigrateBaselineCommand.self, RepairCommand.self, UnlockCommand.self,
        RebaseCommand.self,
      ])
  }
}
