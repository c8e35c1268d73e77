import ArgumentParser

@main
struct TaskServiceCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "TaskService",
    abstract: "An example service on Rowan: tasks in projects in workspaces.",
    subcommands: [Serve.self, TourCommand.self],
    defaultSubcommand: Serve.self)
}
