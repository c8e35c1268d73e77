import ArgumentParser

/// A command that works with a session.
protocol ToolCommand: ParsableCommand {
  /// The flags that all commands have.
  var common: CommonOptions { get }
  /// What it is called in JSON.
  static var title: String { get }
  /// Flags that stand in for settings, beside the common ones.
  func settingFlags(_ flags: inout SettingFlags)
  /// Does it.
  func execute(_ session: Session) async throws -> CommandReport
}

extension ToolCommand {
  func settingFlags(_ flags: inout SettingFlags) {}

  static func describe(_ abstract: String, _ examples: [String], name: String) -> CommandConfiguration {
    CommandConfiguration(commandName: name, abstract: abstract, discussion: Examples.text(examples))
  }
}

/// What help shows under "Examples".
enum Examples {
  /// What the command is called; help is made without an instance.
  @TaskLocal static var tool = "rowan"

  static func text(_ examples: [String]) -> String {
    "Examples:\n" + examples.map { "  \(tool) \($0)" }.joined(separator: "\n")
  }
}
