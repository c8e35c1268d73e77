// swift-format-ignore-file
import Rowan

@Table("memory", indexes: [IndexSchema(["n"], name: "ix_hash"), IndexSchema(["n"], name: "ix_tree", method: "btree")])
struct MySQLMemory {
  @Column(.primaryKey) let id: ID<MySQLMemory, Int64>
  @Column(.varchar(9)) var n: String?
}
