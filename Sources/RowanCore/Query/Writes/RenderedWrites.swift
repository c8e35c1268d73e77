// The text of records' writes and of writes that give their rows back.

extension RecordUpdate {
  /// The text and values for `dialect`, without a connection; nil where nothing differs, and nothing is sent.
  ///
  /// The hooks of the model are not called: what they would change is not in it.
  /// - Throws: ``RowanError/Code/encodingFailed`` for a model that sets other than one value a column, and what
  ///   ``Statement/sql(for:plugins:)`` throws.
  public func sql(for dialect: any Dialect) throws -> RenderedSQL? { try statement()?.sql(for: dialect) }
}

extension RecordDelete {
  /// The text and values for `dialect`, without a connection. The hooks of the model are not called.
  /// - Throws: what ``Statement/sql(for:plugins:)`` throws.
  public func sql(for dialect: any Dialect) throws -> RenderedSQL { try statement.sql(for: dialect) }
}

extension RecordSave {
  /// The text and values for `dialect`, without a connection: the upsert. Where two statements may be needed, it is the
  /// one sent first, the update by key; an insert of the same values follows where it finds no row.
  ///
  /// The hooks of the model are not called: what they would change is not in it.
  /// - Throws: ``RowanError/Code/encodingFailed`` for a model that sets other than one value a column, and what
  ///   ``Statement/sql(for:plugins:)`` throws.
  public func sql(for dialect: any Dialect) throws -> RenderedSQL {
    switch try form(dialect.capabilities) {
    case .upsert(let statement): return try statement.sql(for: dialect)
    case .updateOrInsert(let insert):
      return try (RecordUpdate(record, since: nil).statement() ?? insert).sql(for: dialect)
    }
  }
}

extension Returning {
  /// The text and values for `dialect`, without a connection.
  /// - Throws: ``RowanError/Code/unsupported`` on engines without `RETURNING` for it: they run several statements,
  ///   which depend on the rows that the first one finds. Otherwise what ``Statement/sql(for:plugins:)`` throws.
  public func sql(for dialect: any Dialect) throws -> RenderedSQL { try statement.sql(for: dialect) }
}

extension InsertReturning {
  /// The text and values for `dialect`, without a connection: one statement a row, in the order of the drafts.
  ///
  /// On engines without `RETURNING` a read by key follows each, which is not among them: it depends on the key that the
  /// database made. The hooks of the model are not called: what they would change is not in it.
  /// - Throws: ``RowanError/Code/encodingFailed`` for a draft that sets other than one value a column, and what
  ///   ``Statement/sql(for:plugins:)`` throws.
  public func sql(for dialect: any Dialect) throws -> [RenderedSQL] {
    try InsertReturningPlan<T>(insert).statements(dialect.capabilities).map { try $0.sql(for: dialect) }
  }
}
