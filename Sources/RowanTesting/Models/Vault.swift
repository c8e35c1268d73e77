#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
import RowanCore

/// Columns for codecs: one for each of ``ToyCodecs``, and plain ones beside them.
struct Vault: Hashable {
  let id: ID<Vault, Int64>
  var owner: String
  var code: String
  var secret: String?
  var pin: Int64?
  var price: Decimal?
  var tags: [String]?
}

extension Vault: KeyedTable {
  typealias Row = Vault
  typealias AsNullable = Outer<Vault>
  typealias PrimaryKey = ID<Vault, Int64>

  static let schema = TableSchema(
    "vaults",
    columns: [
      ColumnSchema("id", ID<Vault, Int64>.self, .primaryKey, .generated),
      ColumnSchema("owner", String.self, .varchar(100)),
      ColumnSchema("code", String.self, .varchar(100), .unique),
      ColumnSchema("secret", String?.self),
      ColumnSchema("pin", Int64?.self),
      ColumnSchema("price", Decimal?.self, .decimal(20, 4)),
      ColumnSchema("tags", [String]?.self),
    ])

  init(row: inout RowReader) throws(DecodeFailure) {
    id = try ID<Vault, Int64>.read(&row)
    owner = try String.read(&row)
    code = try String.read(&row)
    secret = try String?.read(&row)
    pin = try Int64?.read(&row)
    price = try Decimal?.read(&row)
    tags = try [String]?.read(&row)
  }

  func encode(into row: inout RowEncoder) {
    row.set(0, id)
    row.set(1, owner)
    row.set(2, code)
    row.set(3, secret)
    row.set(4, pin)
    row.set(5, price)
    row.set(6, tags)
  }

  static func primaryKey(of record: Vault) -> ID<Vault, Int64> { record.id }
  static func keyValues(_ key: ID<Vault, Int64>) -> ContiguousArray<SQLValue> { [key.sqlValue] }

  struct Columns: HasPrimaryKey {
    typealias Root = Vault
    let rowanSlot: Slot
    init(_ slot: Slot) { rowanSlot = slot }
    var id: Column<Vault, ID<Vault, Int64>> { Column(rowanSlot, 0) }
    var owner: Column<Vault, String> { Column(rowanSlot, 1) }
    var code: Column<Vault, String> { Column(rowanSlot, 2) }
    var secret: Column<Vault, String?> { Column(rowanSlot, 3) }
    var pin: Column<Vault, Int64?> { Column(rowanSlot, 4) }
    var price: Column<Vault, Decimal?> { Column(rowanSlot, 5) }
    var tags: Column<Vault, [String]?> { Column(rowanSlot, 6) }
    var primaryKey: Column<Vault, ID<Vault, Int64>> { id }
  }

  struct Draft: TableDraft {
    typealias Model = Vault
    var id: ID<Vault, Int64>?
    var owner: String
    var code: String
    var secret: String?
    var pin: Int64?
    var price: Decimal?
    var tags: [String]?

    init(
      id: Int64? = nil, _ owner: String, code: String, secret: String? = nil, pin: Int64? = nil,
      price: Decimal? = nil, tags: [String]? = nil
    ) {
      self.id = id.map { ID($0) }
      self.owner = owner
      self.code = code
      self.secret = secret
      self.pin = pin
      self.price = price
      self.tags = tags
    }

    func encode(into row: inout RowEncoder) {
      row.setIfPresent(0, id)
      row.set(1, owner)
      row.set(2, code)
      row.set(3, secret)
      row.set(4, pin)
      row.set(5, price)
      row.set(6, tags)
    }
  }
}

extension Vault {
  /// A database over the same data in which the table exists, with codecs.
  static func open(_ trial: Trial, _ plugins: [any DatabasePlugin] = [ToyCodecs()]) async throws -> Database {
    let db = try await trial.open(plugins: plugins)
    try await db.createTables([Vault.self])
    return db
  }

  /// The same, and three rows in it.
  static func openAndFill(_ trial: Trial) async throws -> Database {
    let db = try await open(trial)
    try await Vault.insert([
      .init("Ada", code: "alpha", secret: "the first", pin: 1234, price: 19.5, tags: ["a", "b"]),
      .init("Grace", code: "beta"),
      .init("Linus", code: "gamma", secret: "the third", pin: -7, price: 0, tags: []),
    ]).run(db)
    return db
  }
}
