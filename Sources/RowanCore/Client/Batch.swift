/// Statements gathered to be sent together.
public struct Batch {
  /// Compiled as they are added, so that no statement is kept.
  private var calls: [DriverCall] = []
  /// Statements whose codecs have to be prepared first, and where their calls belong.
  private var waiting: [(place: Int, statement: Statement)] = []
  /// How many calls each addition takes.
  private var lengths: [Int] = []
  private var failure: (any Error)?
  /// What hooks of models are told once the batch has run.
  private var done: [@Sendable () -> Void] = []
  private let capabilities: Capabilities
  private let core: DatabaseCore
  private let context: ContextValues
  private let timeout: Duration?
  private let transaction: Int?

  init(_ core: DatabaseCore, context: ContextValues, timeout: Duration?, transaction: Int?) {
    self.core = core
    self.context = context
    self.timeout = timeout
    self.transaction = transaction
    capabilities = core.dialect.capabilities
  }

  /// Adds an insert. However many statements its rows take, it has one result.
  @inlinable public mutating func add<T>(_ insert: Insert<T>) {
    if let hooks = T.rowanHooks { return add(insert, hooks) }
    addPlain(insert)
  }

  @inlinable mutating func addPlain<T>(_ insert: Insert<T>) {
    if let single = insert.single { add(single) } else { add(insert.plan) }
  }

  /// Adds an insert of a model with hooks, which run now; what is to be told the model is told after the batch.
  @usableFromInline mutating func add<T>(_ insert: Insert<T>, _ hooks: ModelHookSet<T>) {
    if failure != nil { return }
    do {
      let hooked = try insert.hooked(hooks)
      addPlain(hooked)
      done.append { hooked.tell(hooks) }
    } catch {
      failure = error
    }
  }

  /// Adds an update.
  public mutating func add<T>(_ update: Update<T>) { add(.update(update.update)) }
  /// Adds a delete.
  public mutating func add<T>(_ delete: Delete<T>) { add(.delete(delete.delete)) }
  /// Adds a statement written by hand.
  public mutating func add(_ sql: SQL) { add(sql.statement(.write)) }

  @usableFromInline mutating func add(_ statement: Statement) {
    call(statement)
    lengths.append(1)
  }

  @usableFromInline mutating func add(_ plan: InsertPlan) {
    if failure != nil { return }
    do {
      try plan.check()
    } catch {
      failure = error
      return
    }
    let statements = plan.statements(capabilities)
    for statement in statements { call(statement) }
    lengths.append(statements.count)
  }

  private mutating func call(_ statement: Statement) {
    if failure != nil { return }
    do {
      calls.append(try core.call(statement, context: context, timeout: timeout, transaction: transaction))
    } catch is PreparationNeeded {
      waiting.append((calls.count + waiting.count, statement))
    } catch {
      failure = error
    }
  }

  /// What was added.
  /// - Throws: why the first statement that cannot be compiled cannot be.
  func additions() async throws -> Additions {
    if let failure { throw failure }
    var calls = calls
    for (place, statement) in waiting {
      let call = try await core.preparedCall(statement, context: context, timeout: timeout, transaction: transaction)
      calls.insert(call, at: place)
    }
    return Additions(calls: calls, lengths: lengths, done: done)
  }

  /// Statements to send together.
  struct Additions: Sendable {
    let calls: [DriverCall]
    /// How many of the calls belong to each addition.
    let lengths: [Int]
    /// What hooks of models are told once all have run.
    let done: [@Sendable () -> Void]
  }
}
