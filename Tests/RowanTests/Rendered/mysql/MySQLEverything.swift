// swift-format-ignore-file
import Rowan

/// it's \ "all"
/// of it
@Table(
  "everything",
  indexes: [
    IndexSchema(["body"], name: "ft", method: "fulltext"),
    IndexSchema(elements: [.descending("b"), .column("a")], name: "ix_desc"),
    IndexSchema(elements: [IndexElement(column: "body", prefixLength: 12)], name: "ix_prefix"),
    IndexSchema(["place"], name: "sp", method: "spatial"),
    IndexSchema(elements: [IndexElement(column: "body", prefixLength: 9)], name: "uq_prefix", unique: true),
  ],
  uniques: [UniqueSchema(["label"], name: "uq_index"), UniqueSchema(["a", "b"], name: "uq_pair")],
  checks: [
    CheckSchema(#"a > 0 AND label <> 'it''s \\'"#, name: "ck_a"),
    CheckSchema("(a < 100) OR label IS NULL", name: "ck_b"),
    CheckSchema("json_valid(doc)", name: "ck_doc"),
  ],
  foreignKeys: [CompositeKeySchema(["a", "b"], references: "parent", ["id", "other"], name: "fk_pair")],
  comment: "it's \\ \"all\"\nof it")
struct MySQLEverything {
  /// the 'key'
  @Column(.primaryKey, .generated, .comment("the 'key'")) let id: Int
  @Column(.primaryKey, .varchar(255)) let code: String
  var a: Int
  @Column(.references("parent", onDelete: .setNull, onUpdate: .cascade, name: "fk_everything"))
  var b: ID<MySQLParent, Int64>?
  @Column(.varchar(80), .collation("utf8mb4_general_ci"), default: "x") var label: String?
  /// é表
  @Column(.varchar(20), .collation("latin1_swedish_ci"), .comment("é表")) var legacy: String?
  var body: String?
  @Column(.type(.custom("point"))) var place: String
  @Column(.type(.json)) var doc: String?
  @Column(.computed("a + 1")) var sum: Int?
  /// computed
  @Column(.computed("a * 2", stored: false), .comment("computed")) var twice: Int?
}
