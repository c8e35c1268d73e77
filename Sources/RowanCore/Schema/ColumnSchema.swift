/// What is known of a column at compile time.
public struct ColumnSchema: Sendable {
  /// The column's name in the database.
  public var name: String
  /// The property's name in Swift.
  public var property: String
  /// The column's type.
  public var type: SQLType
  /// Whether it admits `NULL`.
  public var isNullable: Bool
  /// Whether it is part of the primary key.
  public var isPrimaryKey = false
  /// Whether the database makes its value.
  public var isGenerated = false
  /// How the database makes it, where it does.
  public var identity = IdentitySnapshot.byDefault
  /// Whether it is unique on its own.
  public var isUnique = false
  /// Its default.
  public var defaultValue: ColumnDefault?
  /// The column it refers to.
  public var references: ForeignKeySchema?
  /// A CHECK on the column, as SQL.
  public var check: String?
  /// Whether it has an index of its own.
  public var isIndexed = false
  /// The expression its value is computed from.
  public var computed: ComputedSchema?
  /// Its collation; nil for the engine's default.
  public var collation: String?
  /// What it is for.
  public var comment: String?
  /// The name this column had before, for migrations.
  public var renamedFrom: String?
  /// The name of its Swift type, for error messages.
  public var swiftType: String

  /// Makes a column that holds `Value`.
  /// - Parameters:
  ///   - name: its name in the database.
  ///   - property: the Swift property; the name itself when nil.
  ///   - value: the Swift type.
  ///   - options: what `@Column` says.
  public init<Value: ColumnValue>(
    _ name: String, property: String? = nil, _ value: Value.Type, _ options: ColumnOption...,
    default defaultValue: ColumnDefault? = nil, renamedFrom: String? = nil
  ) {
    self.name = name
    self.property = property ?? name
    type = Value.sqlType
    isNullable = Value.isNullable
    swiftType = String(describing: Value.self)
    self.defaultValue = defaultValue
    self.renamedFrom = renamedFrom
    for option in options { apply(option) }
  }

  private mutating func apply(_ option: ColumnOption) {
    switch option.kind {
    case .primaryKey: isPrimaryKey = true
    case .generated(let how):
      isGenerated = true
      identity = how
    case .nullable: isNullable = true
    case .unique: isUnique = true
    case .indexed: isIndexed = true
    case .type(let type): self.type = type
    case .references(let key): references = key
    case .check(let expression): check = expression
    case .computed(let schema): computed = schema
    case .collation(let name): collation = name
    case .comment(let text): comment = text
    }
  }
}

/// One fact `@Column` states.
public struct ColumnOption: Sendable {
  enum Kind: Sendable {
    case primaryKey, unique, indexed, nullable
    case generated(IdentitySnapshot)
    case type(SQLType)
    case references(ForeignKeySchema)
    case check(String)
    case computed(ComputedSchema)
    case collation(String)
    case comment(String)
  }
  let kind: Kind

  /// Part of the primary key.
  public static let primaryKey = ColumnOption(kind: .primaryKey)
  /// Made by the database: an identity or auto-increment number.
  public static let generated = ColumnOption(kind: .generated(.byDefault))
  /// Made by the database, and how: from a sequence the column owns, or whatever an insert says.
  public static func generated(_ identity: IdentitySnapshot) -> ColumnOption {
    ColumnOption(kind: .generated(identity))
  }
  /// Admits `NULL` in the database though the property's type does not, as keys may on SQLite. Reading one fails.
  public static let nullable = ColumnOption(kind: .nullable)
  /// Unique on its own.
  public static let unique = ColumnOption(kind: .unique)
  /// Has an index of its own.
  public static let indexed = ColumnOption(kind: .indexed)
  /// Stored as `type` rather than the Swift type's own.
  public static func type(_ type: SQLType) -> ColumnOption { ColumnOption(kind: .type(type)) }
  /// Stored as text of at most `length` characters.
  public static func varchar(_ length: Int) -> ColumnOption { .type(.varchar(length)) }
  /// Stored as text of exactly `length` characters.
  public static func char(_ length: Int) -> ColumnOption { .type(.char(length)) }
  /// Stored as an exact decimal.
  public static func decimal(_ precision: Int, _ scale: Int) -> ColumnOption {
    .type(.decimal(precision: precision, scale: scale))
  }
  /// Refers to `column` of `table`, by a constraint with a generated name unless it has one of its own.
  public static func references(
    _ table: String, _ column: String = "id", onDelete: ForeignKeyAction = .noAction,
    onUpdate: ForeignKeyAction = .noAction, name: String? = nil, deferral: ConstraintDeferral = .immediate
  ) -> ColumnOption {
    ColumnOption(
      kind: .references(
        ForeignKeySchema(
          table: table, column: column, onDelete: onDelete, onUpdate: onUpdate, name: name, deferral: deferral)))
  }
  /// Satisfies `expression`, which is SQL.
  public static func check(_ expression: String) -> ColumnOption { ColumnOption(kind: .check(expression)) }
  /// Computed by the database from other columns, by `expression`, which is SQL. Never inserted or updated.
  /// - Parameter stored: whether the value is stored; otherwise it is computed when read.
  public static func computed(_ expression: String, stored: Bool = true) -> ColumnOption {
    ColumnOption(kind: .computed(ComputedSchema(expression, isStored: stored)))
  }
  /// Compared by the collation called `name`, as the engine calls it.
  public static func collation(_ name: String) -> ColumnOption { ColumnOption(kind: .collation(name)) }
  /// What the column is for, kept in the database where it has room for it.
  public static func comment(_ text: String) -> ColumnOption { ColumnOption(kind: .comment(text)) }
}

/// How a column is computed.
public struct ComputedSchema: Sendable, Hashable {
  /// The expression, as SQL.
  public var expression: String
  /// Whether its value is stored.
  public var isStored: Bool

  /// Computes `expression`.
  public init(_ expression: String, isStored: Bool = true) {
    self.expression = expression
    self.isStored = isStored
  }
}
