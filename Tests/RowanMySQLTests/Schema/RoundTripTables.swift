import RowanCore

/// Tables that use all that the engine has.
enum RoundTripTables {
  static let parent = TableSnapshot(
    ObjectName("parent"),
    columns: [ColumnSnapshot("id", .bigint, identity: .byDefault), ColumnSnapshot("other", .bigint)],
    primaryKey: PrimaryKeySnapshot(name: nil, columns: ["id"]),
    uniques: [UniqueSnapshot("uq_parent", columns: ["id", "other"])])

  static let everything = TableSnapshot(
    ObjectName("everything"), comment: "it's \\ \"all\"\nof it",
    columns: [
      ColumnSnapshot("id", .bigint, identity: .serial, comment: "the 'key'"),
      ColumnSnapshot("code", .text), ColumnSnapshot("a", .bigint), ColumnSnapshot("b", .bigint, isNullable: true),
      ColumnSnapshot(
        "label", .varchar(80), isNullable: true, default: .literal(.text("x")), collation: "utf8mb4_general_ci"),
      ColumnSnapshot("legacy", .varchar(20), isNullable: true, collation: "latin1_swedish_ci", comment: "é表"),
      ColumnSnapshot("body", .text, isNullable: true), ColumnSnapshot("place", .custom("point")),
      ColumnSnapshot("doc", .json, isNullable: true),
      ColumnSnapshot(
        "sum", .bigint, isNullable: true, computed: ComputedSnapshot(SchemaExpression("(a + 1)"), isStored: true)),
      ColumnSnapshot(
        "twice", .bigint, isNullable: false, computed: ComputedSnapshot(SchemaExpression("a * 2"), isStored: false),
        comment: "computed"),
    ],
    primaryKey: PrimaryKeySnapshot(name: "pk_everything", columns: ["id", "code"]),
    uniques: [UniqueSnapshot("uq_pair", columns: ["a", "b"])],
    checks: [
      CheckSnapshot("ck_a", SchemaExpression("a > 0 AND label <> 'it''s \\\\'")),
      CheckSnapshot("ck_b", SchemaExpression("((a < 100) OR label IS NULL)")),
      CheckSnapshot("ck_doc", SchemaExpression("json_valid(doc)")),
    ],
    foreignKeys: [
      ForeignKeySnapshot(
        "fk_everything", columns: ["b"], target: ObjectName("parent"), targetColumns: ["id"], onDelete: .setNull,
        onUpdate: .cascade),
      ForeignKeySnapshot(
        "fk_pair", columns: ["a", "b"], target: ObjectName("parent"), targetColumns: ["id", "other"],
        onDelete: .restrict),
    ],
    indexes: [
      IndexSnapshot("ix_desc", elements: [IndexElement(column: "b", descending: true), IndexElement(column: "a")]),
      IndexSnapshot("ix_prefix", elements: [IndexElement(column: "body", prefixLength: 12)], method: "BTREE"),
      IndexSnapshot("uq_index", elements: [IndexElement(column: "label")], isUnique: true),
      IndexSnapshot("uq_prefix", elements: [IndexElement(column: "body", prefixLength: 9)], isUnique: true),
      IndexSnapshot("ft", elements: [IndexElement(column: "body")], method: "fulltext"),
      IndexSnapshot("sp", elements: [IndexElement(column: "place")], method: "spatial"),
    ])

  static let memory = TableSnapshot(
    ObjectName("memory"), columns: [ColumnSnapshot("id", .bigint), ColumnSnapshot("n", .varchar(9), isNullable: true)],
    primaryKey: PrimaryKeySnapshot(name: nil, columns: ["id"]),
    indexes: [
      IndexSnapshot("ix_hash", elements: [IndexElement(column: "n")], method: "hash"),
      IndexSnapshot("ix_tree", elements: [IndexElement(column: "n")], method: "btree"),
    ], options: ["engine": "memory", "collation": "utf8mb4_unicode_ci"])

  static let views = [
    ViewSnapshot(
      ObjectName("everyone"),
      query: SchemaExpression(
        "SELECT e.id, p.other AS `o``ther`, '`everything`.' AS t FROM everything e JOIN parent p ON p.id = e.b;"),
      comment: "not kept"),
    ViewSnapshot(ObjectName("Sums"), query: SchemaExpression("SELECT count(*) AS n, sum(a) AS s FROM everything")),
  ]
}
