import RowanCore

/// A generated key, an optional column, defaults, a unique column, and a reference to its own table.
struct Person: Hashable {
  let id: ID<Person, Int64>
  var name: String
  var email: String
  var age: Int?
  var score: Double
  var isActive: Bool
  var managerID: ID<Person, Int64>?
}

extension Person: KeyedTable {
  typealias Row = Person
  typealias AsNullable = Outer<Person>
  typealias PrimaryKey = ID<Person, Int64>

  static let schema = TableSchema(
    "people",
    columns: [
      ColumnSchema("id", ID<Person, Int64>.self, .primaryKey, .generated),
      ColumnSchema("name", String.self),
      ColumnSchema("email", String.self, .varchar(200), .unique),
      ColumnSchema("age", Int?.self),
      ColumnSchema("score", Double.self, default: 0.0),
      ColumnSchema("is_active", property: "isActive", Bool.self, default: true),
      ColumnSchema("manager_id", property: "managerID", ID<Person, Int64>?.self, .references("people", "id")),
    ])

  init(row: inout RowReader) throws(DecodeFailure) {
    id = try ID<Person, Int64>.read(&row)
    name = try String.read(&row)
    email = try String.read(&row)
    age = try Int?.read(&row)
    score = try Double.read(&row)
    isActive = try Bool.read(&row)
    managerID = try ID<Person, Int64>?.read(&row)
  }

  func encode(into row: inout RowEncoder) {
    row.set(0, id)
    row.set(1, name)
    row.set(2, email)
    row.set(3, age)
    row.set(4, score)
    row.set(5, isActive)
    row.set(6, managerID)
  }

  static func primaryKey(of record: Person) -> ID<Person, Int64> { record.id }
  static func keyValues(_ key: ID<Person, Int64>) -> ContiguousArray<SQLValue> { [key.sqlValue] }

  struct Columns: HasPrimaryKey {
    typealias Root = Person
    let rowanSlot: Slot
    init(_ slot: Slot) { rowanSlot = slot }
    var id: Column<Person, ID<Person, Int64>> { Column(rowanSlot, 0) }
    var name: Column<Person, String> { Column(rowanSlot, 1) }
    var email: Column<Person, String> { Column(rowanSlot, 2) }
    var age: Column<Person, Int?> { Column(rowanSlot, 3) }
    var score: Column<Person, Double> { Column(rowanSlot, 4) }
    var isActive: Column<Person, Bool> { Column(rowanSlot, 5) }
    var managerID: Column<Person, ID<Person, Int64>?> { Column(rowanSlot, 6) }
    var primaryKey: Column<Person, ID<Person, Int64>> { id }
  }

  struct Draft: TableDraft {
    typealias Model = Person
    var id: ID<Person, Int64>?
    var name: String
    var email: String
    var age: Int?
    var score: Double?
    var isActive: Bool?
    var managerID: ID<Person, Int64>?

    init(
      id: Int64? = nil, _ name: String, email: String? = nil, age: Int? = nil, score: Double? = nil,
      isActive: Bool? = nil, manager: Int64? = nil
    ) {
      self.id = id.map { ID($0) }
      self.name = name
      self.email = email ?? "\(name)@example.com"
      self.age = age
      self.score = score
      self.isActive = isActive
      managerID = manager.map { ID($0) }
    }

    func encode(into row: inout RowEncoder) {
      row.setIfPresent(0, id)
      row.set(1, name)
      row.set(2, email)
      row.set(3, age)
      row.setIfPresent(4, score)
      row.setIfPresent(5, isActive)
      row.set(6, managerID)
    }
  }
}

extension Person {
  /// Ada (1) manages Grace (2) and Linus (3), who manages Dennis (4); Grace has no age and Dennis is not active.
  static func createAndFill(_ db: Database) async throws {
    try await db.createTables([Person.self])
    try await Person.insert([
      Person.Draft("Ada", age: 36, score: 9.5, isActive: true),
      Person.Draft("Grace", score: 8.25, isActive: true, manager: 1),
      Person.Draft("Linus", age: 21, score: 7, isActive: true, manager: 1),
      Person.Draft("Dennis", age: 70, score: 8.25, isActive: false, manager: 3),
    ]).run(db)
  }
}
