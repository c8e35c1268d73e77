public import RowanCore

extension ScratchDatabase {
  /// Databases made beside the one of `url`, each under a name of its own, and dropped after use. The user of the URL
  /// must be allowed to create them.
  /// - Throws: ``RowanError/Code/invalidURL`` for a URL no dialect answers to, ``RowanError/Code/unsupported`` for a
  ///   dialect that cannot make any.
  public static func beside(_ url: String, dialects: [DialectProvider]) throws -> ScratchDatabase {
    try beside(try ConnectionURL(url), dialects: dialects)
  }

  /// Databases made beside the one of `parsed`, likewise.
  public static func beside(_ parsed: ConnectionURL, dialects: [DialectProvider]) throws -> ScratchDatabase {
    guard let provider = dialects.first(where: { $0.schemes.contains(parsed.scheme) }) else {
      let known = dialects.flatMap(\.schemes).sorted().joined(separator: ", ")
      throw RowanError(
        .invalidURL, "no dialect answers to '\(parsed.scheme):'", hint: "the dialects given answer to: \(known)")
    }
    guard let scratch = provider.scratch else {
      throw RowanError.unsupported(
        "a scratch database", dialect: parsed.scheme, alternative: "make an empty database and name its URL")
    }
    let configuration = try provider.configuration(parsed)
    return ScratchDatabase { body in
      let name = "rowan_scratch_" + String(UInt64.random(in: 0...UInt64.max), radix: 36)
      let plan = try scratch(parsed, name)
      guard let create = plan.create, let drop = plan.drop else {
        return try await use(plan.configuration, body)
      }
      let home = try await Database.open(configuration)
      let result: Result<Void, any Error>
      do {
        _ = try await home.withSchemaSession { session in try await session.run(text: create) }
        do {
          result = .success(try await use(plan.configuration, body))
        } catch {
          result = .failure(error)
        }
        // A task of its own: it is dropped also where this one has been cancelled.
        _ = try await Task { try await home.withSchemaSession { session in try await session.run(text: drop) } }.value
      } catch {
        await home.close()
        throw error
      }
      await home.close()
      try result.get()
    }
  }

  private static func use(
    _ configuration: DatabaseConfiguration, _ body: @Sendable (Database) async throws -> Void
  ) async throws {
    let database = try await Database.open(configuration)
    let result: Result<Void, any Error>
    do {
      result = .success(try await body(database))
    } catch {
      result = .failure(error)
    }
    await database.close()
    try result.get()
  }
}
