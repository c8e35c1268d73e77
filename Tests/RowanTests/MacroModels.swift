import Rowan

// Models that refer to each other and to themselves, in a file of their own and across files.

/// Every option there is, and relations through the expansion's own columns.
@Table(
  "readers", namespace: "library", renamedFrom: "people",
  indexes: [IndexSchema(["name", "e_mail"], name: "readers_by_name", where: "name IS NOT NULL")],
  uniques: [UniqueSchema(["card", "branch"], name: "readers_card")],
  checks: [CheckSchema("fines >= 0", name: "readers_fines")])
struct Reader: Hashable {
  @Column(.primaryKey, .generated) let id: Int64
  @Column(.varchar(255), .unique, name: "e_mail", renamedFrom: "mail") var email: String
  var name: String?
  @Column(.char(8)) var card: String
  @Column(.indexed, default: "main") var branch: String
  @Column(.decimal(12, 2), .check("fines < 1000"), default: 0.5) var fines: Double
  @Column(default: .expression("random()")) var lucky: Int?
  @Column(default: true) var isActive: Bool = false
  @Column(.references("readers", "id", onDelete: .setNull, onUpdate: .cascade)) var guardianID: Int64?
  @Column(.type(.custom("citext")), default: .literal("x")) var nickName: String
  @Column(default: -1) var visits: Int
  var greeting: String = "hello"
  @Ignored var isSelected = false
  @Ignored var note: String?
  @Ignored lazy var initials = String(email.prefix(2))

  static let loans = refers(Loan.self) { $0.readerID }
  static let wards = refers(Reader.self) { $0.guardianID }
  var label: String { name ?? email }
  static func named(_ name: String) -> Draft { Draft(email: name, name: name, card: "") }
}

@Table
struct Loan {
  @Column(.primaryKey, .generated) let id: Int64
  @Column(.references(Reader.schema.name, onDelete: .cascade)) var readerID: Int64
  @Column(.references("shelf_places", "shelf")) var shelf: Int64

  static let readers = refers(Reader.self) { $0.id }
}

/// A composite key, without a name.
@Table
struct ShelfPlace {
  @Column(.primaryKey) let shelf: Int64
  @Column(.primaryKey, name: "place_no") let place: Int
  var title: String
  var primaryKey: Bool
}

/// No key.
@Table("log_lines")
struct LogLine: Equatable {
  var text: String
  var level: Int = 3
}

/// A key that is called as the columns call it.
@Table
private struct KeyedByName {
  @Column(.primaryKey) var primaryKey: String
  private var secret: Int
  var visible: Bool = true

  static func make() -> KeyedByName { KeyedByName(primaryKey: "k", secret: 1) }
  static var secretColumn: ColumnRef { Columns(Slot(0)).secret.ref }
  static var secretDraft: Draft { Draft(primaryKey: "k", secret: 1) }
}

let keyedByName = KeyedByName.schema
let keyedByNameRow = KeyedByName.keyValues(KeyedByName.primaryKey(of: KeyedByName.make()))
let keyedByNameSecret = (KeyedByName.secretColumn, encoded(KeyedByName.secretDraft))

/// Conformances that the user states.
@Table
struct Stated: Table {
  var text: String
}

/// A relation as a later module will declare them: resolving its type needs the other model's expansion.
struct Reference<Parent: Table, Child: Table>: Sendable {
  let column: ColumnRef
}

extension Table {
  static func refers<Child: Table, Value>(
    _ child: Child.Type, _ column: (Child.Columns) -> Column<Child, Value>
  ) -> Reference<Self, Child> {
    Reference(column: column(Child.Columns(Slot(1))).ref)
  }
}

/// What `draft` writes, as text.
func encoded(_ draft: some TableDraft) -> [String] {
  var row = RowEncoder()
  draft.encode(into: &row)
  return zip(row.columns, row.values).map { "\($0): \(shown($1))" }
}

/// What `record` writes, as text.
func encodedRecord(_ record: some Table) -> [String] {
  var row = RowEncoder()
  record.encode(into: &row)
  return zip(row.columns, row.values).map { "\($0): \(shown($1))" }
}

/// A value as text; its own description hides it.
private func shown(_ value: SQLValue) -> String {
  switch value {
  case .text(let text): "text(\(text.debugDescription))"
  case .int(let number): "int(\(number))"
  case .double(let number): "double(\(number))"
  case .bool(let truth): "bool(\(truth))"
  default: "\(value)"
  }
}
