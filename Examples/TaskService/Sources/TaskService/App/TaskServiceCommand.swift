import ArgumentParser
import RowanCLI

/// `TaskService serve`, `TaskService tour`, and `TaskService db …`, which is the `rowan` command with this service's
/// schema and engines.
@main
struct TaskServiceCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "TaskService",
    abstract: "An example service on Rowan: tasks in projects in workspaces.",
    discussion: "TaskService db --help tells about its migrations.",
    subcommands: [Serve.self, TourCommand.self],
    defaultSubcommand: Serve.self)

  static func main() async {
    let arguments = Array(CommandLine.arguments.dropFirst())
    if arguments.first == "db" { await Schema.tool.main(Array(arguments.dropFirst())) }
    await main(arguments)
  }
}
