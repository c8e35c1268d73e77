/// The schema a program declares: its tables, and what no model says.
///
/// ```swift
/// let schema = SchemaDefinition(
///   tables: [User.self, Post.self],
///   only: ["postgres": SchemaAdditions(extensions: ["citext"])])
/// ```
public struct SchemaDefinition: Sendable {
  /// The tables.
  public var tables: [TableSchema]
  /// Views, on every engine.
  public var views: [ViewSnapshot]
  /// What only one engine has, by ``Dialect/name``.
  public var only: [String: SchemaAdditions]

  /// Makes a definition.
  public init(tables: [any Table.Type], views: [ViewSnapshot] = [], only: [String: SchemaAdditions] = [:]) {
    self.init(schemas: tables.map { $0.schema }, views: views, only: only)
  }

  /// Makes a definition of tables that have no models.
  public init(schemas: [TableSchema], views: [ViewSnapshot] = [], only: [String: SchemaAdditions] = [:]) {
    tables = schemas
    self.views = views
    self.only = only
  }

  /// The schema on one engine, in normal form.
  /// - Throws: ``RowanError/Code/unsupported`` for what the engine cannot have,
  ///   ``RowanError/Code/invalidConfiguration`` for two objects of one name.
  public func snapshot(for dialect: any Dialect) throws -> SchemaSnapshot {
    let emitter = dialect.makeDDLEmitter()
    let own = only[dialect.name] ?? SchemaAdditions()
    var snapshot = SchemaSnapshot(
      dialect: dialect.name, extensions: own.extensions, enums: own.enums,
      tables: try tables.map { try TableSnapshot($0, names: emitter.names) } + own.tables, views: views + own.views)
    let namespaces =
      snapshot.tables.compactMap(\.name.namespace) + snapshot.views.compactMap(\.name.namespace)
      + snapshot.enums.compactMap(\.name.namespace)
    snapshot.namespaces = Array(Set(namespaces + own.namespaces))
    for index in snapshot.tables.indices {
      snapshot.tables[index].options.merge(own.options[snapshot.tables[index].name] ?? [:]) { _, new in new }
    }
    snapshot.sort()
    try refuseTwins(snapshot)
    return try emitter.normalize(snapshot)
  }

  /// The renames the models state.
  public var renames: SchemaRenames {
    var renames = SchemaRenames()
    for table in tables {
      let name = ObjectName(table.name, namespace: table.namespace)
      if let former = table.renamedFrom { renames.tables[name] = ObjectName(former, namespace: table.namespace) }
      for column in table.columns {
        if let former = column.renamedFrom { renames.columns[name, default: [:]][column.name] = former }
      }
    }
    return renames
  }

  /// Tables and views share their names; indexes share theirs within a namespace on most engines.
  private func refuseTwins(_ snapshot: SchemaSnapshot) throws {
    let objects = snapshot.tables.map { ($0.name, "table") } + snapshot.views.map { ($0.name, "view") }
    let indexes = snapshot.tables.flatMap { table in
      table.indexes.map { (ObjectName($0.name, namespace: table.name.namespace), "index of '\(table.name)'") }
    }
    for group in [objects, indexes] {
      var seen: [ObjectName: String] = [:]
      for (name, what) in group {
        if let other = seen.updateValue(what, forKey: name) {
          throw RowanError(
            .invalidConfiguration, "two objects are called '\(name)': \(other) and \(what)",
            hint: "give one of them another name")
        }
      }
    }
  }
}

/// What only one engine has.
public struct SchemaAdditions: Sendable {
  /// Namespaces, beside those that tables, views and types are in.
  public var namespaces: [String]
  /// Extensions.
  public var extensions: [String]
  /// Enumerated types.
  public var enums: [EnumSnapshot]
  /// Tables without models.
  public var tables: [TableSnapshot]
  /// Views.
  public var views: [ViewSnapshot]
  /// What the engine alone knows of tables that have models, in its own words, as ``TableSnapshot/options``.
  public var options: [ObjectName: [String: String]]

  /// Makes additions.
  public init(
    namespaces: [String] = [], extensions: [String] = [], enums: [EnumSnapshot] = [], tables: [TableSnapshot] = [],
    views: [ViewSnapshot] = [], options: [ObjectName: [String: String]] = [:]
  ) {
    self.namespaces = namespaces
    self.options = options
    self.extensions = extensions
    self.enums = enums
    self.tables = tables
    self.views = views
  }
}

/// Former names, by present ones.
public struct SchemaRenames: Sendable, Hashable {
  /// Former names of tables.
  public var tables: [ObjectName: ObjectName] = [:]
  /// Former names of columns, by the present names of their tables.
  public var columns: [ObjectName: [String: String]] = [:]

  /// None.
  public init() {}
}
