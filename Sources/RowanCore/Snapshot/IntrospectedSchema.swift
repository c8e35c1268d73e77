/// What a live database holds.
public struct IntrospectedSchema: Sendable, Hashable {
  /// What a snapshot can say, in the engine's normal form.
  public var schema: SchemaSnapshot
  /// What it cannot, by kind and name.
  public var unrepresented: [UnrepresentedObject]

  /// Makes one.
  public init(_ schema: SchemaSnapshot, unrepresented: [UnrepresentedObject] = []) {
    self.schema = schema
    self.unrepresented = unrepresented.sorted { ($0.kind, $0.name) < ($1.kind, $1.name) }
  }
}

/// An object of a database for which a snapshot has no form: a trigger, a function, an exclusion constraint.
public struct UnrepresentedObject: Sendable, Hashable, Codable {
  /// What it is: `trigger`, `function`, `exclusion constraint`.
  public var kind: String
  /// Its name, with that of its table where it has one.
  public var name: String
  /// What of it is lost in the snapshot.
  public var reason: String

  /// Makes one.
  public init(kind: String, name: String, reason: String) {
    self.kind = kind
    self.name = name
    self.reason = reason
  }
}

/// Reads the schema of a live database from its catalogs.
public protocol SchemaIntrospector: Sendable {
  /// Reads the schema in a fixed number of queries, however many tables it has.
  /// - Parameters:
  ///   - executor: where to read; a transaction sees one state of it all.
  ///   - options: what to leave out.
  /// - Throws: ``RowanError``.
  func introspect(_ executor: some QueryExecutor, _ options: IntrospectionOptions) async throws -> IntrospectedSchema
}

/// What of a database is read.
public struct IntrospectionOptions: Sendable, Hashable {
  /// The namespaces to read beside the default one; nil for all that are not the engine's own.
  public var namespaces: [String]?
  /// Tables to leave out.
  public var excludedTables: Set<ObjectName>

  /// Makes options.
  public init(namespaces: [String]? = nil, excludedTables: Set<ObjectName> = []) {
    self.namespaces = namespaces
    self.excludedTables = excludedTables
  }
}
