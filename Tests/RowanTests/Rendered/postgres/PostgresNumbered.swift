// swift-format-ignore-file
import Rowan

@Table("numbered", primaryKey: PrimaryKeySchema(["serial", "always"], name: "own name"))
struct PostgresNumbered {
  @Column(.primaryKey, .generated(.always)) let always: Int32
  @Column(.primaryKey, .generated(.serial)) let serial: Int32
  @Column(.generated(.serial)) var small: Int16
  @Column(.generated(.serial)) var big: Int
}
