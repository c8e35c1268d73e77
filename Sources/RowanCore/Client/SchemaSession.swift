/// One connection, borrowed for work on the schema: outside any transaction unless one is opened.
///
/// Settings of the connection last as long as the session does.
package struct SchemaSession: QueryExecutor {
  let database: Database
  let connection: any DriverConnection

  package var dialect: any Dialect { database.dialect }

  package func execute<R: Sendable>(
    _ statement: Statement, _ consume: @Sendable (RowSource) throws -> R
  ) async throws -> R {
    let call = try await database.core.preparedCall(
      statement, context: database.context, timeout: database.timeout, transaction: nil)
    return try await run(call, consume)
  }

  package func atomically<R: Sendable>(
    access: RawStatement.Access, _ body: @Sendable (Transaction) async throws -> R
  ) async throws -> R {
    try await transaction(TransactionOptions(access: access), body)
  }

  package func openStream(_ statement: Statement) async throws -> (any DriverStream, Compiled) {
    throw RowanError.unsupported("a stream", dialect: dialect.name, alternative: "fetch the rows in a schema session")
  }

  /// Runs `body` in a transaction on this connection.
  package func transaction<R: Sendable>(
    _ options: TransactionOptions = TransactionOptions(access: .write),
    file: StaticString = #fileID, line: UInt = #line, _ body: @Sendable (Transaction) async throws -> R
  ) async throws -> R {
    try await database.transact(connection, options, site: CallSite(file, line), body).ended()
  }

  /// Runs one statement whose text is known at run time only, such as one of a migration. It is not kept prepared.
  /// - Returns: the rows it changed.
  @discardableResult package func run(text: String) async throws -> Int {
    try await run(database.core.oneOff(text)) { source in
      while try source.next() {}
      return source.affectedRows
    }
  }

  /// Ends a transaction that a statement has opened of its own, rolling it back.
  /// - Returns: whether there was one, or statements had been kept from committing by themselves.
  package func endStrayTransaction() async throws -> Bool {
    guard !connection.isAutocommitting else { return false }
    for statement in dialect.strayTransactionEnd { try await run(text: statement) }
    return true
  }

  /// The first column of the first row of one statement, as text; nil for no row and for `NULL`.
  package func text(_ sql: String) async throws -> String? {
    try await run(database.core.oneOff(sql)) { source -> String? in
      guard try source.next() else { return nil }
      var reader = RowReader(cells: source.cells, count: source.columnCount)
      let text = try String?.read(&reader)
      if let failure = reader.failure { throw failure }
      return text
    }
  }

  private func run<R: Sendable>(
    _ call: DriverCall, _ consume: @Sendable (RowSource) throws -> R
  ) async throws -> R {
    let core = database.core
    guard let probe = QueryProbe.make(core, call, transaction: nil, label: database.context.label) else {
      return try await connection.run(call) { source in try RowConsumer.read(source, call.compiled, consume) }
    }
    probe.connectionTaken()
    do {
      let result = try await connection.run(call) { source in
        try probe.read(source) { try RowConsumer.read($0, call.compiled, consume) }
      }
      probe.succeeded()
      return result
    } catch {
      probe.failed(error)
      throw error
    }
  }
}

extension Database {
  /// Borrows one connection for work on the schema.
  /// - Throws: ``RowanError/Code/poolTimeout`` when none becomes free within `timeout`, or the pool's own deadline.
  package func withSchemaSession<R: Sendable>(
    timeout: Duration? = nil, _ body: @Sendable (SchemaSession) async throws -> R
  ) async throws -> R {
    try await core.driver.withConnection(Lease(access: .write, timeout: timeout)) { connection in
      try await body(SchemaSession(database: self, connection: connection))
    }
  }
}

extension Transaction {
  /// Runs one statement whose text is known at run time only, such as one of a migration. It is not kept prepared.
  /// - Returns: the rows it changed.
  @discardableResult package func run(text: String) async throws -> Int {
    let call = core.oneOff(text)
    let probe = QueryProbe.make(core, call, transaction: state.id, label: context.label)
    do {
      let changed: Int = try await state.send(token) { connection in
        probe?.connectionTaken()
        return try await connection.run(call) { source in
          func drain(_ source: RowSource) throws -> Int {
            while try source.next() {}
            return source.affectedRows
          }
          return try probe?.read(source, drain) ?? drain(source)
        }
      }
      probe?.succeeded()
      return changed
    } catch {
      probe?.failed(error)
      throw error
    }
  }
}
