public import RowanCore

/// One difference between two schemas, for people.
public struct SchemaDifference: Sendable, Hashable {
  /// What became of the object.
  public enum Kind: String, Sendable, Hashable, CaseIterable { case added, removed, changed }

  /// What became of it.
  public var kind: Kind
  /// The object: `table users`, `column users.email`.
  public var object: String
  /// What changed about it: `integer -> bigint`.
  public var detail: String?

  /// Makes a difference.
  public init(_ kind: Kind, _ object: String, _ detail: String? = nil) {
    self.kind = kind
    self.object = object
    self.detail = detail
  }
}

extension SchemaDifference: CustomStringConvertible {
  /// `+ column users.email`, `- table posts`, `~ column users.age: integer -> bigint`.
  public var description: String {
    let sign = kind == .added ? "+" : kind == .removed ? "-" : "~"
    return "\(sign) \(object)\(detail.map { ": \($0)" } ?? "")"
  }
}

extension SchemaDiff {
  /// The changes, one line each.
  public var differences: [SchemaDifference] { changes.flatMap(\.differences) }
}

extension SchemaChange {
  /// The change, for people.
  public var differences: [SchemaDifference] {
    switch self {
    case .createNamespace(let name): [SchemaDifference(.added, "namespace \(name)")]
    case .dropNamespace(let name): [SchemaDifference(.removed, "namespace \(name)")]
    case .createExtension(let name): [SchemaDifference(.added, "extension \(name)")]
    case .dropExtension(let name): [SchemaDifference(.removed, "extension \(name)")]
    case .createEnum(let type): [SchemaDifference(.added, "enum \(type.name)")]
    case .dropEnum(let type): [SchemaDifference(.removed, "enum \(type.name)")]
    case .renameEnum(let from, let to): [SchemaDifference(.changed, "enum \(from)", "is called \(to)")]
    case .alterEnum(let from, let to):
      [
        SchemaDifference(
          .changed, "enum \(to.name)",
          "\(from.values.joined(separator: ", ")) -> \(to.values.joined(separator: ", "))")
      ]
    case .createTable(let table): [SchemaDifference(.added, "table \(table.name)")]
    case .dropTable(let table): [SchemaDifference(.removed, "table \(table.name)")]
    case .renameTable(let from, let to): [SchemaDifference(.changed, "table \(from)", "is called \(to)")]
    case .alterTable(let alteration): alteration.changes.map { $0.difference(in: alteration.after.name) }
    case .createView(let view): [SchemaDifference(.added, "view \(view.name)")]
    case .dropView(let view): [SchemaDifference(.removed, "view \(view.name)")]
    }
  }
}

extension TableChange {
  func difference(in table: ObjectName) -> SchemaDifference {
    func line(_ kind: SchemaDifference.Kind, _ what: String, _ name: String, _ detail: String? = nil)
      -> SchemaDifference
    {
      SchemaDifference(kind, "\(what) \(table).\(name)", detail)
    }
    return switch self {
    case .dropForeignKey(let key): line(.removed, "foreign key", key.name)
    case .dropIndex(let index): line(.removed, "index", index.name)
    case .dropCheck(let check): line(.removed, "check", check.name)
    case .dropUnique(let unique): line(.removed, "unique constraint", unique.name)
    case .dropPrimaryKey(let key): line(.removed, "primary key", "(\(key.columns.joined(separator: ", ")))")
    case .renameColumn(let from, let to): line(.changed, "column", from, "is called \(to)")
    case .dropColumn(let column): line(.removed, "column", column.name)
    case .addColumn(let column): line(.added, "column", column.name)
    case .alterColumn(let from, let to): line(.changed, "column", to.name, Self.detail(from, to))
    case .addPrimaryKey(let key): line(.added, "primary key", "(\(key.columns.joined(separator: ", ")))")
    case .addUnique(let unique): line(.added, "unique constraint", unique.name)
    case .addCheck(let check): line(.added, "check", check.name)
    case .createIndex(let index): line(.added, "index", index.name)
    case .addForeignKey(let key): line(.added, "foreign key", key.name)
    case .renamePrimaryKey(let from, let to): line(.changed, "primary key", from, "is called \(to)")
    case .renameUnique(let from, let to): line(.changed, "unique constraint", from, "is called \(to)")
    case .renameCheck(let from, let to): line(.changed, "check", from, "is called \(to)")
    case .renameForeignKey(let from, let to): line(.changed, "foreign key", from, "is called \(to)")
    case .renameIndex(let from, let to): line(.changed, "index", from, "is called \(to)")
    case .setComment: SchemaDifference(.changed, "table \(table)", "its comment")
    case .setOptions: SchemaDifference(.changed, "table \(table)", "its options")
    }
  }

  private static func detail(_ from: ColumnSnapshot, _ to: ColumnSnapshot) -> String {
    var parts: [String] = []
    if from.type != to.type { parts.append("\(from.type) -> \(to.type)") }
    if from.isNullable != to.isNullable { parts.append(to.isNullable ? "admits NULL" : "admits no NULL") }
    if from.defaultValue != to.defaultValue { parts.append("its default") }
    if from.identity != to.identity { parts.append("its numbering") }
    if from.computed != to.computed { parts.append("what it is computed from") }
    if from.collation != to.collation { parts.append("its collation") }
    if from.comment != to.comment { parts.append("its comment") }
    return parts.joined(separator: ", ")
  }
}
