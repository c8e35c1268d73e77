import ArgumentParser

/// Walks through a running service and prints what is asked and answered.
struct TourCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tour", abstract: "Walks through a running, seeded service with real requests.")

  @Option(help: "Where the service listens.")
  var baseUrl = "http://127.0.0.1:8080"

  @Flag(help: "Fail where the service does not show the SQL behind a request, as it does when started with --events.")
  var events = false

  func run() async throws {
    try await Tour(client: TourClient(base: baseUrl), needsEvents: events).walk()
  }
}
