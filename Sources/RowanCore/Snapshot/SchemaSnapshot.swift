/// A whole schema as data: what code declares, or what a live database holds.
///
/// The one form that migrations compare, emit DDL from, store beside each migration and render as Swift. Two snapshots
/// of one engine are comparable after ``DDLEmitter/normalize(_:)``. Names are sorted, columns keep their order.
public struct SchemaSnapshot: Sendable, Hashable, Codable {
  /// The version of the format this library writes.
  public static let currentVersion = 1

  /// The version of the format.
  public var version: Int
  /// The engine, as ``Dialect/name``.
  public var dialect: String
  /// Namespaces beside the connection's default one.
  public var namespaces: [String]
  /// Extensions of the engine.
  public var extensions: [String]
  /// Enumerated types of the engine.
  public var enums: [EnumSnapshot]
  /// Tables.
  public var tables: [TableSnapshot]
  /// Views.
  public var views: [ViewSnapshot]

  /// Makes a snapshot and sorts what has no order of its own.
  public init(
    dialect: String, namespaces: [String] = [], extensions: [String] = [], enums: [EnumSnapshot] = [],
    tables: [TableSnapshot] = [], views: [ViewSnapshot] = []
  ) {
    version = Self.currentVersion
    self.dialect = dialect
    self.namespaces = namespaces
    self.extensions = extensions
    self.enums = enums
    self.tables = tables
    self.views = views
    sort()
  }

  /// The table called `name`.
  public func table(_ name: ObjectName) -> TableSnapshot? { tables.first { $0.name == name } }

  /// The enumerated type called `name`.
  public func enumeration(_ name: ObjectName) -> EnumSnapshot? { enums.first { $0.name == name } }

  /// The view called `name`.
  public func view(_ name: ObjectName) -> ViewSnapshot? { views.first { $0.name == name } }

  /// Sorts everything that has no order of its own, by name.
  public mutating func sort() {
    namespaces.sort(by: utf8Order)
    extensions.sort(by: utf8Order)
    enums.sort { $0.name < $1.name }
    tables.sort { $0.name < $1.name }
    views.sort { $0.name < $1.name }
    for index in tables.indices { tables[index].sort() }
  }
}

/// By bytes of UTF-8: the same on every machine.
func utf8Order(_ left: String, _ right: String) -> Bool { left.utf8.lexicographicallyPrecedes(right.utf8) }

/// The name of a table, view or type, in its namespace.
public struct ObjectName: Sendable, Hashable, Codable, Comparable, CustomStringConvertible {
  /// The namespace; nil for the connection's default one.
  public var namespace: String?
  /// The name.
  public var name: String

  /// Makes a name.
  public init(_ name: String, namespace: String? = nil) {
    self.name = name
    self.namespace = namespace
  }

  /// `namespace.name`, for people.
  public var description: String { namespace.map { "\($0).\(name)" } ?? name }

  /// By namespace, then by name; the default namespace comes first.
  public static func < (left: ObjectName, right: ObjectName) -> Bool {
    if left.namespace != right.namespace {
      guard let one = left.namespace else { return true }
      guard let other = right.namespace else { return false }
      return utf8Order(one, other)
    }
    return utf8Order(left.name, right.name)
  }
}

/// An enumerated type of the engine.
public struct EnumSnapshot: Sendable, Hashable, Codable {
  /// Its name.
  public var name: ObjectName
  /// Its values, in their order.
  public var values: [String]
  /// What it is for.
  public var comment: String?

  /// Makes a type.
  public init(_ name: ObjectName, values: [String], comment: String? = nil) {
    self.name = name
    self.values = values
    self.comment = comment
  }
}

/// A view.
public struct ViewSnapshot: Sendable, Hashable, Codable {
  /// Its name.
  public var name: ObjectName
  /// The query behind it.
  public var query: SchemaExpression
  /// Whether its rows are stored.
  public var isMaterialized: Bool
  /// What it is for.
  public var comment: String?

  /// Makes a view.
  public init(_ name: ObjectName, query: SchemaExpression, isMaterialized: Bool = false, comment: String? = nil) {
    self.name = name
    self.query = query
    self.isMaterialized = isMaterialized
    self.comment = comment
  }
}
