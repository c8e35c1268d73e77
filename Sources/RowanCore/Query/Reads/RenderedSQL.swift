/// A statement as one engine would be sent it, for looking at.
public struct RenderedSQL: Sendable, Hashable {
  /// The text, with the dialect's placeholders.
  public var text: String
  /// The values, in the order of the placeholders.
  public var binds: [SQLValue]
}

extension Statement {
  /// The text and values for `dialect`, without a connection.
  ///
  /// Codecs of `plugins` are applied as they are: none is prepared.
  /// - Throws: ``RowanError/Code/unsupported`` and whatever else compiling the statement throws;
  ///   ``RowanError/Code/missingContext`` for values only a handle carries.
  public func sql(for dialect: any Dialect, plugins: [any DatabasePlugin] = []) throws -> RenderedSQL {
    let compiled = try StatementCompiler(dialect: dialect, plugins: plugins).compile(self, id: 0).1
    let walk = try ShapeWalk.complete(self)
    let binds = try compiled.resolve(walk.binds, context: ContextValues(), waitsForCodecs: false)
    return RenderedSQL(text: compiled.sql, binds: Array(binds))
  }
}

extension Fetchable {
  /// The text and values for `dialect`, without a connection.
  public func sql(for dialect: any Dialect) throws -> RenderedSQL { try statement.sql(for: dialect) }
}

extension Update {
  /// The text and values for `dialect`, without a connection.
  public func sql(for dialect: any Dialect) throws -> RenderedSQL { try Statement.update(update).sql(for: dialect) }
}

extension Delete {
  /// The text and values for `dialect`, without a connection.
  public func sql(for dialect: any Dialect) throws -> RenderedSQL { try Statement.delete(delete).sql(for: dialect) }
}

extension Insert {
  /// The text and values for `dialect`, without a connection: one statement per set of columns.
  public func sql(for dialect: any Dialect) throws -> [RenderedSQL] {
    let plan = plan
    return try plan.groups.map { try plan.statement($0).sql(for: dialect) }
  }
}

extension SQL {
  /// The text and values for `dialect`, without a connection.
  public func sql(for dialect: any Dialect) throws -> RenderedSQL { try statement(.write).sql(for: dialect) }
}
