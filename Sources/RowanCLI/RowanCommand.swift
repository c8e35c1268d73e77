import ArgumentParser
import RowanMigrations

/// The root of all commands.
struct RowanCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: Examples.tool, abstract: "Migrations and schemas of PostgreSQL, SQLite, MariaDB and MySQL.",
      discussion: """
        Settings come from flags, else from the environment (ROWAN_URL, ROWAN_MIGRATIONS, …), else from rowan.json.

        \(Examples.text(["generate add_users", "migrate latest", "migrate status --json", "diff"]))

        Exit codes:
        \(ToolStatus.allCases.map { "  \($0.rawValue)\t\($0.meaning)" }.joined(separator: "\n"))
        """,
      version: MigrationGenerator.toolVersion, subcommands: Self.commands)
  }

  private static var commands: [any ParsableCommand.Type] {
    [
      InitCommand.self, GenerateCommand.self, MigrateCommand.self, DiffCommand.self, DriftCommand.self,
      IntrospectCommand.self,
      VerifyCommand.self, BaselineCommand.self, SeedCommand.self, SchemaCommand.self,
    ]
  }
}
