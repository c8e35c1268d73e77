import Synchronization

/// What all handles of one open database share.
final class DatabaseCore: Sendable {
  let driver: any Driver
  let dialect: any Dialect
  private let runsInProcess: Bool
  let cache: CompiledCache
  let events = EventHub()
  private let plugins = Mutex<[any DatabasePlugin]>([])
  private let observers = Atomic<Bool>(false)
  private let resultObservers = Mutex<[any DatabasePlugin]>([])
  private let closing = Mutex<Task<Void, Never>?>(nil)
  let slowThreshold = Mutex<Duration?>(nil)
  private static let nextTransaction = Atomic<Int>(1)

  init(driver: any Driver, shapeCapacity: Int) {
    self.driver = driver
    dialect = driver.dialect
    runsInProcess = driver.runsInProcess
    cache = CompiledCache(capacity: shapeCapacity)
    if let observer = driver.connectionObserver {
      observer.listen { [events] event in events.emit(event) }
      events.whenHeard { [weak observer] in observer?.heard() }
    }
  }

  // Handles that were all let go leave connections that nobody can use. Closing does nothing the second time.
  deinit {
    let driver = driver
    Task.detached { await driver.close(timeout: .seconds(30)) }
  }

  /// Whether statements are tried without waiting: not where hooks would be asked twice, or listeners are to be told.
  @inline(__always) var mayRunNow: Bool {
    runsInProcess && !observers.load(ordering: .relaxed) && !events.isActive
  }

  /// Whether statements are sent before they are waited for: not where hooks would be asked twice, or listeners are to
  /// be told.
  @inline(__always) var mayStart: Bool {
    !runsInProcess && !observers.load(ordering: .relaxed) && !events.isActive
  }

  /// Closes the driver once; every call returns when it is closed.
  func close(timeout: Duration) async {
    let task = closing.withLock { closing in
      let task =
        closing
        ?? Task {
          await self.driver.close(timeout: timeout)
          self.events.emit(.closed)
        }
      closing = task
      return task
    }
    await task.value
  }

  /// Adds a plugin; every shape compiled so far is forgotten.
  func add(_ plugin: any DatabasePlugin) {
    plugins.withLock { $0.append(plugin) }
    if plugin.observesQueries { observers.store(true, ordering: .relaxed) }
    if plugin.observesResults {
      resultObservers.withLock { $0.append(plugin) }
      // Statements are measured for listeners or for these: what asks whether they have to be is one load.
      events.measureAlways()
    }
    cache.removeAll()
  }

  static func makeTransactionID() -> Int { nextTransaction.add(1, ordering: .relaxed).oldValue }

  /// Runs the hooks that may veto, replace or tag a statement.
  private func before(_ original: Statement) throws -> (Statement, tag: String) {
    var statement = original
    var tag = ""
    for plugin in plugins.withLock({ $0 }) where plugin.observesQueries {
      do {
        switch try plugin.beforeQuery(statement) {
        case .proceed: break
        case .replace(let other): statement = other
        case .tag(let text): tag += try SQLTag.comment(text, plugin: plugin.name)
        }
      } catch let error as RowanError {
        throw error
      } catch {
        throw RowanError(
          .vetoed, "the plugin '\(plugin.name)' refused the statement", hint: "see the cause", cause: error)
      }
    }
    return (statement, tag)
  }

  /// The call that runs `statement`; if there is none, listeners are told why.
  @inline(__always)
  func call(
    _ statement: Statement, context: ContextValues, timeout: Duration?, transaction: Int?
  ) throws -> DriverCall {
    do {
      return try call(statement, context: context, timeout: timeout)
    } catch {
      if !(error is PreparationNeeded) { refused(error, transaction: transaction, label: context.label) }
      throw error
    }
  }

  /// The call that runs `statement`: found by shape, or compiled.
  func call(_ statement: Statement, context: ContextValues, timeout: Duration?) throws -> DriverCall {
    if observers.load(ordering: .relaxed) {
      let (statement, tag) = try before(statement)
      return try call(statement, tag: tag, context: context, timeout: timeout)
    }
    return try call(statement, tag: "", context: context, timeout: timeout)
  }

  private func call(
    _ statement: Statement, tag: String, context: ContextValues, timeout: Duration?
  ) throws -> DriverCall {
    // Room for the words of every query but the longest, on the stack.
    try withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 96) { words in
      var walk = ShapeWalk(hasher: ShapeHasher(noting: words))
      walk.statement(statement)
      let noted = walk.hasher.noted(of: words)
      if !walk.isIncomplete,
        let compiled = cache.find(walk.hash(tag: tag), statement, tag: tag, words: noted)
      {
        return DriverCall(compiled, try compiled.resolve(walk.takeBinds(), context: context), timeout: timeout)
      }
      return try rareCall(statement, walk, noted, tag: tag, context: context, timeout: timeout)
    }
  }

  // Apart, because the closures here capture the statement: a copy that every call would pay for.
  @inline(never)
  private func rareCall(
    _ statement: Statement, _ walk: ShapeWalk, _ words: ShapeWords, tag: String, context: ContextValues,
    timeout: Duration?
  ) throws -> DriverCall {
    func call(_ walk: ShapeWalk, _ words: ShapeWords) throws -> DriverCall {
      let compiled = try cache.compiled(walk.hash(tag: tag), statement, tag: tag, words: words) { id in
        try StatementCompiler(dialect: dialect, plugins: plugins.withLock { $0 }, tag: tag).compile(statement, id: id)
      }
      return DriverCall(compiled, try compiled.resolve(walk.binds, context: context), timeout: timeout)
    }
    if !walk.isIncomplete { return try call(walk, words) }
    return try NestingLimit.recursing(into: statement) { try call(.unlimited(statement), .none) }
  }

  /// The compiled form of `statement`, its values not looked at.
  func compiled(_ original: Statement) throws -> Compiled {
    let (statement, tag) = try before(original)
    return try NestingLimit.recursing(into: statement) {
      let hash = ShapeWalk.unlimited(statement).hash(tag: tag)
      return try cache.compiled(hash, statement, tag: tag, words: .none) { id in
        try StatementCompiler(dialect: dialect, plugins: plugins.withLock { $0 }, tag: tag).compile(statement, id: id)
      }
    }
  }

  /// The call that runs `statement`, its codecs being prepared first where they have to be.
  func preparedCall(
    _ statement: Statement, context: ContextValues, timeout: Duration?, transaction: Int?
  ) async throws -> DriverCall {
    do {
      return try call(statement, context: context, timeout: timeout, transaction: transaction)
    } catch let needed as PreparationNeeded {
      return try await call(after: needed, statement, context: context, timeout: timeout, transaction: transaction)
    }
  }

  /// The call that runs `statement` once its codecs have been prepared.
  func call(
    after needed: PreparationNeeded, _ statement: Statement, context: ContextValues, timeout: Duration?,
    transaction: Int?
  ) async throws -> DriverCall {
    do {
      return try await prepared(needed, statement, context: context, timeout: timeout)
    } catch {
      refused(error, transaction: transaction, label: context.label)
      throw error
    }
  }

  private func prepared(
    _ needed: PreparationNeeded, _ statement: Statement, context: ContextValues, timeout: Duration?
  ) async throws -> DriverCall {
    var needed = needed
    // Again where the version has changed in between; a plugin whose version never rests is at fault.
    for _ in 0..<8 {
      try await needed.preparation.run()
      do {
        return try call(statement, context: context, timeout: timeout)
      } catch let again as PreparationNeeded {
        needed = again
      }
    }
    throw RowanError(
      .pluginFailed, "the codecs of a statement were prepared 8 times, and their version changed each time",
      hint: "change codecVersion only when the codecs have to be prepared again")
  }

  /// Tells the plugins that observe results.
  func didRun(_ event: QueryEvent, _ compiled: Compiled) {
    let plugins = resultObservers.withLock { $0 }
    if plugins.isEmpty { return }
    let facts = compiled.facts ?? .schema
    let result = QueryResult(kind: facts.kind, tables: facts.tables, query: event)
    for plugin in plugins { plugin.didRun(result) }
  }

  /// `table` as the database is to have it: with the types that codecs store.
  func stored(_ table: TableSchema) throws -> TableSchema {
    try CodecLookup(plugins: plugins.withLock { $0 }).codings(of: table)?.stored ?? table
  }

  /// Runs `call` outside any transaction.
  func run<R: Sendable>(
    _ call: DriverCall, label: String?, _ consume: @Sendable (RowSource) throws -> R
  ) async throws -> R {
    guard let probe = QueryProbe.make(self, call, transaction: nil, label: label) else {
      return try await driver.run(call) { source in try RowConsumer.read(source, call.compiled, consume) }
    }
    do {
      let result = try await driver.run(call.observed(by: probe)) { source in
        try probe.read(source) { try RowConsumer.read($0, call.compiled, consume) }
      }
      probe.succeeded()
      return result
    } catch {
      probe.failed(error)
      throw error
    }
  }

  /// A statement without values that nothing keeps prepared, such as DDL.
  func oneOff(_ sql: String) -> DriverCall {
    DriverCall(
      Compiled(id: cache.makeID(), sql: sql, binds: [], bindTypes: [], access: .write, isReusable: false), [])
  }
}
