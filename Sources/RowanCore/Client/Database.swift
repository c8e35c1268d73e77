/// An open database: the handle services keep and pass on.
///
/// A cheap value. ``with(_:_:)`` and ``withTimeout(_:)`` make handles that differ only in what their statements carry.
public struct Database: QueryExecutor {
  let core: DatabaseCore
  var context = ContextValues()
  var timeout: Duration?

  public var dialect: any Dialect { core.dialect }

  /// Opens the database: connects once, so that a wrong address or password is known now.
  /// - Parameters:
  ///   - configuration: `.sqlite("app.db")`, `.postgres(url)`, `.mysql(url)`.
  ///   - plugins: in the order in which they rewrite statements.
  ///   - shapeCapacity: how many different statements are kept compiled.
  /// - Throws: ``RowanError``: `connection_refused`, `authentication_failed`, `unknown_database`, `connect_timeout` …
  public static func open(
    _ configuration: DatabaseConfiguration, plugins: [any DatabasePlugin] = [], shapeCapacity: Int = 2048
  ) async throws -> Database {
    let database = Database(
      core: DatabaseCore(driver: try await configuration.connect(), shapeCapacity: shapeCapacity))
    do {
      for plugin in plugins {
        database.core.add(plugin)
        try await plugin.install(on: database)
      }
    } catch {
      await database.close()
      throw error
    }
    return database
  }

  /// Opens the database that `url` names with the dialect that answers to its scheme.
  public static func open(
    url: String, dialects: [DialectProvider], plugins: [any DatabasePlugin] = []
  ) async throws -> Database {
    let parsed = try ConnectionURL(url)
    guard let provider = dialects.first(where: { $0.schemes.contains(parsed.scheme) }) else {
      let known = dialects.flatMap(\.schemes).sorted().joined(separator: ", ")
      throw RowanError(
        .invalidURL, "no dialect answers to '\(parsed.scheme):'", hint: "the dialects given answer to: \(known)")
    }
    return try await open(try provider.configuration(parsed), plugins: plugins)
  }

  /// Takes no more work, waits for what runs, at most `timeout`, and closes every connection.
  ///
  /// A database whose handles are all let go is closed in the background; calling this says when, and waits for it.
  /// Whoever calls it again waits for the first call, whatever the `timeout` of its own.
  public func close(timeout: Duration = .seconds(30)) async { await core.close(timeout: timeout) }

  /// A handle whose statements see `value` under `key`: for plugins, such as tenancy. Explicit, never task-local.
  public func with(_ key: String, _ value: some ColumnValue) -> Database {
    var copy = self
    copy.context.values[key] = value.sqlValue
    return copy
  }

  /// A handle whose events carry `label`, such as the id of the request it works for.
  ///
  /// The label is visible to every listener and must not hold what may not be logged.
  public func labelled(_ label: String) -> Database {
    var copy = self
    copy.context.label = label
    return copy
  }

  /// A handle whose statements may each take `timeout` at the most, waiting for a connection included.
  public func withTimeout(_ timeout: Duration) -> Database {
    var copy = self
    copy.timeout = timeout
    return copy
  }

  public func execute<R: Sendable>(
    _ statement: Statement, _ consume: @Sendable (RowSource) throws -> R
  ) async throws -> R {
    let call: DriverCall
    do {
      call = try core.call(statement, context: context, timeout: timeout, transaction: nil)
    } catch let needed as PreparationNeeded {
      call = try await core.call(after: needed, statement, context: context, timeout: timeout, transaction: nil)
    }
    if core.events.isActive { return try await core.run(call, label: context.label, consume) }
    return try await core.driver.run(call) { source in try RowConsumer.read(source, call.compiled, consume) }
  }

  public func executeNow(_ statement: Statement, _ consume: (RowSource) throws -> Void) throws -> Bool {
    guard timeout == nil, core.mayRunNow else { return false }
    let call: DriverCall
    do {
      call = try core.call(statement, context: context, timeout: nil)
    } catch is PreparationNeeded {
      return false
    }
    return try core.driver.runNow(call) { source in try RowConsumer.read(source, call.compiled, consume) }
  }

  public func start(_ statement: Statement) throws -> StartedStatement? {
    guard timeout == nil, core.mayStart, core.driver.canStart else { return nil }
    let call: DriverCall
    do {
      call = try core.call(statement, context: context, timeout: nil)
    } catch is PreparationNeeded {
      return nil
    }
    return try core.driver.start(call).map { StartedStatement($0, call.compiled) }
  }

  public func atomically<R: Sendable>(
    access: RawStatement.Access, _ body: @Sendable (Transaction) async throws -> R
  ) async throws -> R {
    try await run(TransactionOptions(access: access), site: CallSite("a statement of several steps", nil), body)
  }

  public func openStream(_ statement: Statement) async throws -> (any DriverStream, Compiled) {
    let call = try await core.preparedCall(statement, context: context, timeout: timeout, transaction: nil)
    let probe = QueryProbe.make(core, call, transaction: nil, label: context.label)
    let observed = call.observed(by: probe)
    let stream = try await ObservedStream.opening(probe) { try await core.driver.stream(observed) }
    return (stream, call.compiled)
  }

  /// What would be sent for `statement`, values included: what happens before a driver is asked.
  @_spi(Benchmarks) public func call(_ statement: Statement) throws -> DriverCall {
    try core.call(statement, context: context, timeout: timeout)
  }

  /// The text of `statement` for this database.
  public func sql(_ statement: Statement) throws -> String {
    try core.compiled(statement).sql
  }
}
