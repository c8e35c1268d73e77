// swift-format-ignore-file
import Rowan

@Table(
  #"Weird "table".name; --"#,
  primaryKey: PrimaryKeySchema(name: #"pk "'."#),
  indexes: [
    IndexSchema(elements: [.column("c.d"), .expression(#""a""b" || '"('"#)], name: #"ix "'."#, where: #""'" = '('"#)
  ],
  uniques: [
    UniqueSchema(["éééééééééééééééééééééééééééééééx"], name: "uuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuu")
  ],
  checks: [CheckSchema(#""a""b" <> ')' AND "'" <> '''('"#, name: #"ck "'"#)],
  foreignKeys: [
    CompositeKeySchema(
      ["Mixed Case", "select"],
      references: #"Weird "table".name; --"#,
      ["select", "Mixed Case"],
      name: #"fk "'"#,
      onDelete: .setDefault)
  ])
struct PostgresWeirdTableName {
  @Column(.primaryKey) let select: Int32
  @Column(.primaryKey, name: "Mixed Case") let mixedCase: Int32
  @Column(name: #"a"b"#) var aB: String?
  @Column(name: "c.d") var cD: String?
  /// ''
  @Column(.comment("''"), name: "'") var column5: String?
  var éééééééééééééééééééééééééééééééx: Int32?
  @Column(.generated, name: #"\"#) var column7: Int32
}
