import RowanCore
import RowanMigrations

extension Session {
  /// Where schemas of an engine can be built for comparison: the engine's own empty database where it has one, else a
  /// new database on the server of `scratchUrl`; nil where neither is known.
  func scratch(_ dialect: String) throws -> ScratchDatabase? {
    let provider = try provider(dialect)
    if let text = provider.emptyURL {
      let url = try ConnectionURL(text)
      return ScratchDatabase { body in try await use(url, body) }
    }
    guard let url = settings.scratchURL, provider.schemes.contains(url.scheme) else { return nil }
    return ScratchDatabase { body in
      let server = try await open(url)
      let result: Result<Void, any Error>
      do {
        result = .success(try await inNewDatabase(of: server, url, body))
      } catch {
        result = .failure(error)
      }
      await server.close(timeout: .seconds(5))
      try result.get()
    }
  }

  private func inNewDatabase(
    of server: Database, _ url: ConnectionURL, _ body: @Sendable (Database) async throws -> Void
  ) async throws {
    let suffix = String(UInt64.random(in: .min ... .max), radix: 36)
    let name = "rowan_scratch_\(suffix)"
    let quoted = try server.dialect.quote(name)
    try await server.withSchemaSession { try await $0.run(text: "CREATE DATABASE \(quoted)") }
    var inside = url
    inside.path = name
    let target = inside
    let result: Result<Void, any Error>
    do {
      result = .success(try await use(target, body))
    } catch {
      result = .failure(error)
    }
    // In a task of its own: a cancelled one would leave the database behind.
    let removal = Task { try await server.withSchemaSession { try await $0.run(text: "DROP DATABASE \(quoted)") } }
    if case .failure(let error) = await removal.result { note("the database \(name) is left behind: \(error)") }
    try result.get()
  }

  private func use(_ url: ConnectionURL, _ body: @Sendable (Database) async throws -> Void) async throws {
    let database = try await open(url)
    let result: Result<Void, any Error>
    do {
      result = .success(try await body(database))
    } catch {
      result = .failure(error)
    }
    await database.close(timeout: .seconds(5))
    try result.get()
  }
}
