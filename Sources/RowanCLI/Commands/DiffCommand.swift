import ArgumentParser

/// `rowan diff`
struct DiffCommand: ToolCommand {
  static let title = "diff"
  static var configuration: CommandConfiguration {
    describe(
      "Compare the code with the last snapshot; exits with 2 where they differ. No database is asked.",
      ["diff", "diff --json --dialect postgres"], name: "diff")
  }

  @OptionGroup var common: CommonOptions
  @OptionGroup var renames: RenameOptions

  func execute(_ session: Session) async throws -> CommandReport {
    let comparison = try SchemaComparison(session, command: "diff")
    try comparison.check(renames)
    switch try await comparison.compared(renames.answers(), asking: false) {
    case .ambiguous(let questions): return .ambiguous(questions, session)
    case .compared(let engines): return DifferenceReport(session: session, engines: engines).report()
    }
  }
}
