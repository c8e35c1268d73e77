// swift-format-ignore-file
import Foundation
import Rowan

@Table(
  #"Order "items""#,
  primaryKey: PrimaryKeySchema(name: "it's the key"),
  indexes: [
    IndexSchema(
      elements: [
        IndexElement(column: "a.b", descending: true, collation: "NOCASE"),
        .column("total"),
        IndexElement(expression: SchemaExpression(#"lower("select")"#), descending: true),
      ],
      name: #"ix "all""#,
      unique: true,
      where: #""größe" IS NOT NULL AND total > '1'"#),
    IndexSchema(["user"], name: "ix_plain"),
  ],
  uniques: [UniqueSchema(["a.b"], name: "uq one"), UniqueSchema(["user", "größe"], name: "uq two")],
  checks: [
    CheckSchema(#"total >= '0' AND ("order" > 0)"#, name: "positive"),
    CheckSchema(#""a.b" <> ')' /* ) */ OR "a.b" IS NULL"#, name: "text"),
  ],
  foreignKeys: [
    CompositeKeySchema(
      ["order", "select"],
      references: #"Order "items""#,
      ["order", "select"],
      name: "fk self",
      onDelete: .restrict,
      onUpdate: .setDefault,
      deferral: .deferrable)
  ])
struct SQLiteOrderItem {
  @Column(.primaryKey) let order: Int
  @Column(.primaryKey, .varchar(64), .collation("NOCASE")) let select: String
  @Column(.collation("RTRIM"), name: "a.b") var aB: String?
  @Column(.decimal(10, 2), default: .value(.decimal(0))) var total: Decimal
  @Column(.computed(#""order" * 2"#)) var twice: Int32?
  @Column(.computed(#"substr("select", 1, 3)"#, stored: false)) var short: String?
  @Column(.references("users", onDelete: .setNull, onUpdate: .cascade, name: "fk user", deferral: .deferred))
  var user: ID<SQLiteUser, Int64>?
  var größe: Double?
}
