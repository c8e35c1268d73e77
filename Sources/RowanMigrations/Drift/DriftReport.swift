public import RowanCore

/// How the schema of a database differs from the one it should have.
public struct DriftReport: Sendable, Hashable {
  /// What differs.
  public var differences: [SchemaDifference]
  /// Expressions for which nobody could tell.
  public var unverified: [String]
  /// Objects of the database that a snapshot has no form for.
  public var unrepresented: [UnrepresentedObject]

  /// Makes a report.
  public init(
    differences: [SchemaDifference], unverified: [String] = [], unrepresented: [UnrepresentedObject] = []
  ) {
    self.differences = differences
    self.unverified = unverified
    self.unrepresented = unrepresented
  }

  /// Whether anything is known to differ.
  public var hasDrift: Bool { !differences.isEmpty }

  /// The differences as an error.
  public func error(_ place: String) -> RowanError {
    let shown = differences.prefix(20).map(\.description)
    let rest = differences.count - shown.count
    let lines = (shown + (rest > 0 ? ["… and \(rest) more"] : [])).joined(separator: "\n  ")
    return RowanError(
      .schemaDrift, "the database's schema is not the one of \(place) (+ only there, - missing there):\n  \(lines)",
      hint: "bring the database back, or put the change into a migration and baseline; --drift warn goes on")
  }
}

/// Compares the schema of a database with a snapshot.
public struct DriftCheck: Sendable {
  private let dialect: any Dialect
  private let scratch: ScratchDatabase?
  private let external: Set<ObjectName>

  /// Makes a check.
  /// - Parameters:
  ///   - dialect: the engine.
  ///   - scratch: where expressions are compared that cannot be by their texts.
  ///   - externalTables: tables that do not count.
  public init(dialect: any Dialect, scratch: ScratchDatabase? = nil, externalTables: Set<ObjectName> = []) {
    self.dialect = dialect
    self.scratch = scratch
    external = externalTables
  }

  /// Compares what a database has with what it should have.
  public func compare(expected: SchemaSnapshot, actual: IntrospectedSchema) async throws -> DriftReport {
    var actual = actual
    actual.schema.tables.removeAll { external.contains($0.name) }
    var diff = try SchemaDiff(from: expected, to: actual.schema, capabilities: dialect.capabilities)
    if let scratch {
      var wanted = expected
      if !diff.unverified.isEmpty {
        wanted = try await Self.canonical(expected, in: scratch)
        diff = try SchemaDiff(from: wanted, to: actual.schema, capabilities: dialect.capabilities)
      }
      if diff.concernsExpressions {
        try Task.checkCancellation()
        diff = (try? await settled(wanted, actual.schema, in: scratch)) ?? diff
      }
    }
    return DriftReport(
      differences: diff.differences, unverified: diff.unverified, unrepresented: actual.unrepresented)
  }

  /// The difference once the engine has read both again. What PostgreSQL prints of an expression it may print
  /// otherwise once it has read that: `a IN ('x', 'y')` takes two rounds.
  /// https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-INFO-CATALOG-TABLE
  private func settled(
    _ wanted: SchemaSnapshot, _ actual: SchemaSnapshot, in scratch: ScratchDatabase
  ) async throws -> SchemaDiff {
    let expected = try await Self.canonical(wanted, in: scratch)
    let once = try await Self.canonical(actual, in: scratch)
    return try SchemaDiff(
      from: try await Self.canonical(expected, in: scratch), to: try await Self.canonical(once, in: scratch),
      capabilities: dialect.capabilities)
  }

  /// What the engine makes of `schema`: applied to an empty database and read back.
  static func canonical(_ schema: SchemaSnapshot, in scratch: ScratchDatabase) async throws -> SchemaSnapshot {
    let (results, continuation) = AsyncStream.makeStream(of: SchemaSnapshot.self)
    try await scratch.make { database in
      let empty = SchemaSnapshot(dialect: schema.dialect)
      let capabilities = database.dialect.capabilities
      let diff = try SchemaDiff(from: empty, to: schema, capabilities: capabilities)
      let statements = try database.dialect.makeDDLEmitter().statements(
        for: diff.changes, from: empty, to: schema, options: DDLOptions())
      try await database.withSchemaSession { session in
        for statement in statements { try await session.run(text: statement.sql) }
      }
      let found = try await database.dialect.makeIntrospector().introspect(database, IntrospectionOptions())
      continuation.yield(found.schema)
    }
    continuation.finish()
    for await schema in results { return schema }
    throw RowanError.internalFailure("a scratch database was not used")
  }
}

extension SchemaDiff {
  /// Whether anything differs that may do so in its text alone.
  fileprivate var concernsExpressions: Bool {
    changes.contains { change in
      switch change {
      case .createView: true
      case .alterTable(let alteration): alteration.changes.contains(where: \.concernsExpression)
      default: false
      }
    }
  }
}

extension TableChange {
  fileprivate var concernsExpression: Bool {
    switch self {
    case .addCheck: true
    case .createIndex(let index): index.predicate != nil || index.elements.contains { $0.expression != nil }
    case .addColumn(let column): column.computed != nil
    case .alterColumn(let from, let to): from.defaultValue != to.defaultValue
    default: false
    }
  }
}
