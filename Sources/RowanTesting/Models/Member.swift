import RowanCore

/// A model with hooks.
struct Member: Hashable {
  let id: ID<Member, Int64>
  var email: String
  var name: String
  var changes: Int
  /// No column: ``didFetch()`` fills it.
  var greeting = ""
}

extension Member: KeyedTable {
  typealias Row = Member
  typealias AsNullable = Outer<Member>
  typealias PrimaryKey = ID<Member, Int64>

  static let schema = TableSchema(
    "members",
    columns: [
      ColumnSchema("id", ID<Member, Int64>.self, .primaryKey, .generated),
      ColumnSchema("email", String.self, .varchar(200), .unique),
      ColumnSchema("name", String.self),
      ColumnSchema("changes", Int.self, default: 0),
    ])

  init(row: inout RowReader) throws(DecodeFailure) {
    id = try ID<Member, Int64>.read(&row)
    email = try String.read(&row)
    name = try String.read(&row)
    changes = try Int.read(&row)
  }

  func encode(into row: inout RowEncoder) {
    row.set(0, id)
    row.set(1, email)
    row.set(2, name)
    row.set(3, changes)
  }

  static func primaryKey(of record: Member) -> ID<Member, Int64> { record.id }
  static func keyValues(_ key: ID<Member, Int64>) -> ContiguousArray<SQLValue> { [key.sqlValue] }

  struct Columns: HasPrimaryKey {
    typealias Root = Member
    let rowanSlot: Slot
    init(_ slot: Slot) { rowanSlot = slot }
    var id: Column<Member, ID<Member, Int64>> { Column(rowanSlot, 0) }
    var email: Column<Member, String> { Column(rowanSlot, 1) }
    var name: Column<Member, String> { Column(rowanSlot, 2) }
    var changes: Column<Member, Int> { Column(rowanSlot, 3) }
    var primaryKey: Column<Member, ID<Member, Int64>> { id }
  }

  struct Draft: TableDraft {
    typealias Model = Member
    var id: ID<Member, Int64>?
    var email: String
    var name: String
    var changes: Int?

    init(id: Int64? = nil, _ name: String, email: String? = nil) {
      self.id = id.map { ID($0) }
      self.name = name
      self.email = email ?? "\(name)@Example.COM"
    }

    func encode(into row: inout RowEncoder) {
      row.setIfPresent(0, id)
      row.set(1, email)
      row.set(2, name)
      row.setIfPresent(3, changes)
    }
  }
}

extension Member: ModelHooks {
  /// Why a member is refused: an error of the program's own.
  enum Refusal: Error, Hashable {
    case noEmail, frozen, kept
  }

  /// What hooks were called, for the task that listens.
  @TaskLocal static var calls: Notes<String>?

  static func willInsert(_ draft: inout Draft) throws {
    calls?.add("willInsert \(draft.name)")
    guard draft.email.contains("@") else { throw Refusal.noEmail }
    draft.email = draft.email.lowercased()
  }

  static func didInsert(_ draft: Draft) { calls?.add("didInsert \(draft.email)") }
  static func didUpsert(_ draft: Draft) { calls?.add("didUpsert \(draft.email)") }

  mutating func willUpdate() throws {
    Member.calls?.add("willUpdate \(name)")
    if name == "frozen" { throw Refusal.frozen }
    if name == "other key" {
      self = Member(id: ID(id.rawValue + 1), email: email, name: name, changes: changes)
      return
    }
    changes += 1
  }

  func didUpdate() { Member.calls?.add("didUpdate \(name) \(changes)") }

  func willDelete() throws {
    Member.calls?.add("willDelete \(name)")
    if name == "kept" { throw Refusal.kept }
  }

  func didDelete() { Member.calls?.add("didDelete \(name)") }

  mutating func didFetch() {
    Member.calls?.add("didFetch \(name)")
    greeting = "Hello, \(name)"
  }

  init(id: ID<Member, Int64>, email: String, name: String, changes: Int) {
    self.id = id
    self.email = email
    self.name = name
    self.changes = changes
  }

  /// What `body` returns, and the hooks that were called meanwhile.
  static func calls<R>(_ body: () async throws -> R) async throws -> (result: R, calls: [String]) {
    let notes = Notes<String>()
    let result = try await $calls.withValue(notes) { try await body() }
    return (result, notes.all)
  }
}
