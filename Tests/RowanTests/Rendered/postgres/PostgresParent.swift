// swift-format-ignore-file
import Foundation
import Rowan

/// It's a comment with 'quotes' and a \
@Table(
  "parents",
  indexes: [
    IndexSchema(
      elements: [
        IndexElement(column: "name", operatorClass: "text_pattern_ops", collation: "C"),
        IndexElement(expression: SchemaExpression("name || 'x'"), descending: true, collation: "POSIX"),
      ],
      name: "ix_collated"),
    IndexSchema(elements: [IndexElement(column: "price", descending: true, nulls: .last)], name: "ix_descending"),
    IndexSchema(
      elements: [IndexElement(column: "document", operatorClass: "jsonb_path_ops")],
      name: "ix_document",
      method: "gin"),
    IndexSchema(["name"], name: "ix_hash", method: "hash"),
    IndexSchema(elements: [.expression("lower(name)"), .descending("price")], name: "ix_lower", unique: true),
    IndexSchema(
      elements: [IndexElement(column: "name", nulls: .first), .column("quantity")],
      name: "ix_partial",
      where: "state = 'happy' AND email IS NOT NULL",
      including: ["price", "email"]),
    IndexSchema(
      elements: [IndexElement(column: "name", operatorClass: "gin_trgm_ops")],
      name: "ix_trigrams",
      method: "gin"),
  ],
  uniques: [UniqueSchema(["name", "quantity"], name: "uq_parents")],
  checks: [
    CheckSchema("quantity < 100 AND price >= 0", name: "ck_positive"),
    CheckSchema("state <> 'sad' OR quantity IN (1, 2)", name: "ck_state"),
  ],
  comment: #"It's a comment with 'quotes' and a \"#)
struct PostgresParent {
  @Column(.primaryKey, .generated) let id: ID<PostgresParent, Int64>
  /// a name
  @Column(.varchar(40), .comment("a name"), default: "x") var name: String
  @Column(.type(.custom("citext"))) var email: String?
  @Column(.decimal(10, 2)) var price: Decimal
  @Column(default: -3) var quantity: Int32
  @Column(.decimal(12, 2), .computed("price * quantity")) var total: Decimal?
  @Column(.collation("C")) var sorted: String?
  @Column(.type(.json)) var document: String?
  @Column(.type(.custom("mood")), default: "happy") var state: PostgresMood
}
