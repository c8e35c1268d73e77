import Foundation
import RowanCore

/// A schema that uses everything every engine has, and what only one has.
enum EverySchema {
  /// The schema as a program declares it, for one engine.
  static func definition(_ dialect: any Dialect) throws -> SchemaDefinition {
    func quote(_ name: String) throws -> String { try dialect.quote(name) }
    let view = ViewSnapshot(
      ObjectName("adults"),
      query: SchemaExpression(
        "SELECT p.id, p.full_name, c.\(try quote("order")) AS \(try quote("the order")) FROM people p "
          + "JOIN \(try quote("Mixed Case")) c ON c.owner_id = p.id WHERE p.age >= 18"))
    return SchemaDefinition(
      schemas: [people, try mixedCase(dialect), lines, keyless, try types(dialect)] + circle, views: [view],
      only: EveryAddition.additions)
  }

  static let people = TableSchema(
    "people",
    columns: [
      ColumnSchema("id", Int64.self, .primaryKey, .generated),
      ColumnSchema("email", String.self, .varchar(200), .unique, .comment("where to write; it's \"one\" \\ line")),
      ColumnSchema("full_name", String.self, .varchar(80), .indexed),
      ColumnSchema("age", Int.self, .check("age >= 0 AND age < 200"), default: 0),
      ColumnSchema("balance", Decimal.self, .decimal(12, 2), default: .value(.decimal(Decimal(string: "-1.5") ?? 0))),
      ColumnSchema("doubled", Decimal?.self, .decimal(14, 2), .computed("balance * 2")),
      ColumnSchema("manager_id", Int64?.self, .references("people", onDelete: .setNull, onUpdate: .cascade), .indexed),
      ColumnSchema("token", UUID.self, default: .randomUUID),
      ColumnSchema("created_at", Timestamp.self, default: .now),
    ],
    indexes: [
      IndexSchema(["full_name", "age"], unique: true),
      IndexSchema(elements: [.descending("created_at"), .column("age")], name: "ix_people_recent"),
    ],
    uniques: [UniqueSchema(["id", "age"])],
    checks: [CheckSchema("full_name <> 'it''s' OR balance > 0", name: "ck_people_name")],
    comment: "people; it's a 'comment' \\")

  /// Names that need quotes, and keys of every action all engines have.
  static func mixedCase(_ dialect: any Dialect) throws -> TableSchema {
    let order = try dialect.quote("order")
    return TableSchema(
      "Mixed Case",
      columns: [
        ColumnSchema("order", Int32.self, .primaryKey),
        ColumnSchema("part", String.self, .varchar(20), .primaryKey),
        ColumnSchema("owner_id", Int64.self, .references("people", onDelete: .cascade)),
        ColumnSchema("select", Int64?.self, .references("people", onDelete: .restrict, onUpdate: .restrict)),
        ColumnSchema("größe", Double?.self), ColumnSchema("a.b", String?.self),
        ColumnSchema(String(repeating: "long_", count: 12), Bool.self, default: true),
      ], indexes: [IndexSchema(["größe"])],
      checks: [CheckSchema("\(order) > 0"), CheckSchema("\(order) < 1000 OR \(order) = 5000")])
  }

  /// A composite key that is a composite foreign key too.
  static let lines = TableSchema(
    "lines",
    columns: [
      ColumnSchema("order", Int32.self, .primaryKey), ColumnSchema("part", String.self, .varchar(20), .primaryKey),
      ColumnSchema("position", Int16.self, .primaryKey), ColumnSchema("title", String?.self, .char(7)),
    ],
    foreignKeys: [
      CompositeKeySchema(
        ["order", "part"], references: "Mixed Case", ["order", "part"], onDelete: .cascade, onUpdate: .noAction)
    ])

  static let keyless = TableSchema("keyless", columns: [ColumnSchema("n", Int?.self)])

  /// Tables that refer to one another.
  static let circle = zip(["first", "second", "third"], ["second", "third", "first"]).map { name, other in
    TableSchema(
      name,
      columns: [
        ColumnSchema("id", Int64.self, .primaryKey), ColumnSchema("next", Int64?.self, .references(other)),
      ])
  }

  /// A column of every type, one that admits nulls, one with a default, and what a default can say beside.
  static func types(_ dialect: any Dialect) throws -> TableSchema {
    var columns = [ColumnSchema("id", Int64.self, .primaryKey)]
    for (index, type) in PairValues.types.enumerated() {
      var plain = ColumnSchema("c\(index)", String?.self, .type(type))
      plain.comment = index.isMultiple(of: 5) ? "\(type)" : nil
      columns += [
        plain,
        ColumnSchema("d\(index)", String.self, .type(type), default: .value(PairValues.value(type, 9))),
      ]
    }
    columns += [
      ColumnSchema("today", CalendarDate.self, default: .now), ColumnSchema("hour", TimeOfDay.self, default: .now),
      ColumnSchema("sum", Int.self, default: .expression("1 + 2")),
      ColumnSchema("lowered", String.self, .varchar(20), default: .expression("lower('ABC')")),
      ColumnSchema("nothing", String?.self, default: .value(.null)),
      ColumnSchema("empty", String.self, .varchar(9), default: ""),
      ColumnSchema("least", Int64.self, default: .value(.int(.min + 1))),
      ColumnSchema("tiny", Double.self, default: .value(.double(-1e-300))),
    ]
    return TableSchema("types", columns: columns)
  }
}
