import RowanCore

/// A table whose key is two columns, and whose rows may refer to one row of a table, which each kind names.
struct Linked<Kind: LinkedKind> {
  let place: String
  let number: Int64
  var otherPlace: String?
  var otherNumber: Int64?
}

/// One of the tables.
protocol LinkedKind: Sendable {
  static var schema: TableSchema { get }
}

extension TableSchema {
  /// The table of a ``Linked`` kind, whose rows refer to those of `target`.
  static func linked(_ name: String, to target: String?) -> TableSchema {
    let key = target.map {
      CompositeKeySchema(["other_place", "other_number"], references: "linked_\($0)", ["place", "number"])
    }
    return TableSchema(
      "linked_\(name)",
      columns: [
        ColumnSchema("place", String.self, .primaryKey),
        ColumnSchema("number", Int64.self, .primaryKey),
        ColumnSchema("other_place", property: "otherPlace", String?.self),
        ColumnSchema("other_number", property: "otherNumber", Int64?.self),
      ],
      foreignKeys: [key].compactMap { $0 })
  }
}

/// Refers to nothing.
enum LinkedRoot: LinkedKind { static let schema = TableSchema.linked("root", to: nil) }
/// Refers to ``LinkedRoot``.
enum LinkedLeaf: LinkedKind { static let schema = TableSchema.linked("leaf", to: "root") }
/// Refers to itself.
enum LinkedSelf: LinkedKind { static let schema = TableSchema.linked("self", to: "self") }
/// Refers to ``LinkedSecond``.
enum LinkedFirst: LinkedKind { static let schema = TableSchema.linked("first", to: "second") }
/// Refers to ``LinkedThird``.
enum LinkedSecond: LinkedKind { static let schema = TableSchema.linked("second", to: "third") }
/// Refers to ``LinkedFirst``, which closes the circle.
enum LinkedThird: LinkedKind { static let schema = TableSchema.linked("third", to: "first") }

extension Linked: Table {
  typealias Row = Linked<Kind>
  typealias AsNullable = Outer<Linked<Kind>>

  static var schema: TableSchema { Kind.schema }

  init(row: inout RowReader) throws(DecodeFailure) {
    place = try String.read(&row)
    number = try Int64.read(&row)
    otherPlace = try String?.read(&row)
    otherNumber = try Int64?.read(&row)
  }

  func encode(into row: inout RowEncoder) {
    row.set(0, place)
    row.set(1, number)
    row.set(2, otherPlace)
    row.set(3, otherNumber)
  }

  struct Columns: TableColumns {
    typealias Root = Linked<Kind>
    let rowanSlot: Slot
    init(_ slot: Slot) { rowanSlot = slot }
    var place: Column<Linked<Kind>, String> { Column(rowanSlot, 0) }
    var number: Column<Linked<Kind>, Int64> { Column(rowanSlot, 1) }
    var otherPlace: Column<Linked<Kind>, String?> { Column(rowanSlot, 2) }
    var otherNumber: Column<Linked<Kind>, Int64?> { Column(rowanSlot, 3) }
  }

  struct Draft: TableDraft {
    typealias Model = Linked<Kind>
    var place: String
    var number: Int64
    var other: (place: String, number: Int64)?

    init(_ place: String, _ number: Int64, to other: (place: String, number: Int64)? = nil) {
      self.place = place
      self.number = number
      self.other = other
    }

    func encode(into row: inout RowEncoder) {
      row.set(0, place)
      row.set(1, number)
      row.set(2, other?.place)
      row.set(3, other?.number)
    }
  }
}
