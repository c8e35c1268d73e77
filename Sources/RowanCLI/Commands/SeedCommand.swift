import ArgumentParser
import RowanCore

/// `rowan seed`
struct SeedCommand: ToolCommand {
  static let title = "seed"
  static var configuration: CommandConfiguration {
    describe("Fill the database with its first rows, as the program's own code says.", ["seed"], name: "seed")
  }

  @OptionGroup var common: CommonOptions

  func execute(_ session: Session) async throws -> CommandReport {
    guard let seed = session.tool.seed else {
      throw RowanError(
        .invalidConfiguration, "this program has nothing to seed",
        hint: "run it from a program of your own that hands RowanTool a seed; see Docs/cli.md")
    }
    try await session.withDatabase { database in try await seed(database) }
    return CommandReport(.success, ["\(session.style.good("seeded"))"])
  }
}
