import RowanCore
import RowanMySQL
import RowanPostgres
import RowanSQLite

/// What only one engine has.
enum EveryAddition {
  static let additions: [String: SchemaAdditions] = ["postgres": postgres, "mysql": mysql, "sqlite": sqlite]

  private static func key(
    _ name: String, _ column: String, _ target: String, _ onDelete: ForeignKeyAction = .noAction,
    _ onUpdate: ForeignKeyAction = .noAction, _ deferral: ConstraintDeferral = .immediate
  ) -> ForeignKeySnapshot {
    ForeignKeySnapshot(
      name, columns: [column], target: ObjectName(target), targetColumns: ["id"], onDelete: onDelete,
      onUpdate: onUpdate, deferral: deferral)
  }

  static let postgres = SchemaAdditions(
    extensions: ["citext", "pg_trgm"],
    enums: [
      EnumSnapshot(ObjectName("mood"), values: ["sad", "it's \"ok\"", "happy"], comment: "how it is"),
      EnumSnapshot(ObjectName("Mood", namespace: "Other Space"), values: ["a", "b"]),
    ],
    tables: [
      TableSnapshot(
        ObjectName("features"), comment: "all of it",
        columns: [
          ColumnSnapshot("id", .integer, identity: .always), ColumnSnapshot("serial", .bigint, identity: .serial),
          ColumnSnapshot("state", .named("mood"), default: .literal(.text("it's \"ok\""))),
          ColumnSnapshot("states", .array(.named("mood")), isNullable: true),
          ColumnSnapshot("email", .citext, isNullable: true), ColumnSnapshot("words", .tsvector, isNullable: true),
          ColumnSnapshot("price", .money, isNullable: true), ColumnSnapshot("host", .inet, isNullable: true),
          ColumnSnapshot("net", .cidr, isNullable: true), ColumnSnapshot("page", .xml, isNullable: true),
          ColumnSnapshot("document", .json, isNullable: true), ColumnSnapshot("name", .varchar(40)),
          ColumnSnapshot("sorted", .text, isNullable: true, collation: "C"),
          ColumnSnapshot("parent", .bigint, isNullable: true, default: .literal(.int(1))),
          ColumnSnapshot("other", .bigint, isNullable: true), ColumnSnapshot("third", .bigint, isNullable: true),
        ], primaryKey: PrimaryKeySnapshot(name: "own name", columns: ["id"]),
        uniques: [UniqueSnapshot("uq_features", columns: ["name", "state"])],
        checks: [CheckSnapshot("ck_features", SchemaExpression("state <> 'sad' OR name IN ('a', 'b')"))],
        foreignKeys: [
          key("fk_default", "parent", "people", .setDefault, .setDefault),
          key("fk_deferrable", "other", "people", .restrict, .setNull, .deferrable),
          key("fk_deferred", "third", "people", .cascade, .restrict, .deferred),
        ],
        indexes: [
          IndexSnapshot(
            "ix_expression", elements: [.expression("lower(name)"), IndexElement(column: "id", descending: true)],
            isUnique: true),
          IndexSnapshot(
            "ix_partial", elements: [IndexElement(column: "name", nulls: .first)],
            predicate: SchemaExpression("state = 'happy' AND email IS NOT NULL"), including: ["email", "parent"]),
          IndexSnapshot("ix_words", elements: [.column("words")], method: "gin"),
          IndexSnapshot(
            "ix_trigrams", elements: [IndexElement(column: "name", operatorClass: "gin_trgm_ops")], method: "gin"),
          IndexSnapshot("ix_hash", elements: [.column("name")], method: "hash"),
          IndexSnapshot(
            "ix_collated", elements: [IndexElement(column: "name", operatorClass: "text_pattern_ops", collation: "C")]),
        ], options: ["fillfactor": "70"]),
      TableSnapshot(
        ObjectName("elsewhere", namespace: "Other Space"),
        columns: [
          ColumnSnapshot("id", .uuid, default: .randomUUID),
          ColumnSnapshot("mood", .named("Mood", namespace: "Other Space"), default: .literal(.text("a"))),
        ], primaryKey: PrimaryKeySnapshot(name: "pk_elsewhere", columns: ["id"])),
    ],
    views: [
      ViewSnapshot(
        ObjectName("counted"), query: SchemaExpression("SELECT count(*) AS n FROM features"), isMaterialized: true),
      ViewSnapshot(
        ObjectName("of_view"), query: SchemaExpression("SELECT id + 1 AS next FROM adults WHERE id > 3"),
        comment: "twice"
      ),
    ])

  static let mysql = SchemaAdditions(
    tables: [
      TableSnapshot(
        ObjectName("features"), comment: "all \"of\" it",
        columns: [
          ColumnSnapshot("id", .unsignedBigint, identity: .byDefault),
          ColumnSnapshot("state", .custom("enum('a','b''c','d,e')"), default: .literal(.text("b'c"))),
          ColumnSnapshot("flags", .custom("set('x','y')"), default: .literal(.text("x,y"))),
          ColumnSnapshot("small", .custom("mediumint unsigned"), isNullable: true),
          ColumnSnapshot("year", .custom("year"), isNullable: true),
          ColumnSnapshot("bits", .custom("bit(3)"), isNullable: true),
          ColumnSnapshot("moment", .custom("timestamp(3)"), isNullable: true),
          ColumnSnapshot("raw", .custom("varbinary(20)"), isNullable: true),
          ColumnSnapshot("label", .varchar(80), isNullable: true, collation: "utf8mb4_general_ci"),
          ColumnSnapshot("legacy", .varchar(20), isNullable: true, collation: "latin1_swedish_ci", comment: "é"),
          ColumnSnapshot("body", .text, isNullable: true), ColumnSnapshot("place", .custom("point")),
          ColumnSnapshot(
            "virtual", .bigint, isNullable: true,
            computed: ComputedSnapshot(SchemaExpression("small * 2"), isStored: false)),
          ColumnSnapshot("parent", .bigint, isNullable: true),
        ], primaryKey: PrimaryKeySnapshot(name: nil, columns: ["id"]),
        foreignKeys: [key("fk_features_parent", "parent", "people", .setNull, .cascade)],
        indexes: [
          IndexSnapshot("ix_prefix", elements: [IndexElement(column: "body", prefixLength: 12)]),
          IndexSnapshot("uq_prefix", elements: [IndexElement(column: "body", prefixLength: 9)], isUnique: true),
          IndexSnapshot("ix_words", elements: [IndexElement(column: "body")], method: "fulltext"),
          IndexSnapshot("ix_place", elements: [IndexElement(column: "place")], method: "spatial"),
        ]),
      TableSnapshot(
        ObjectName("memory"), columns: [ColumnSnapshot("id", .bigint), ColumnSnapshot("n", .varchar(9))],
        primaryKey: PrimaryKeySnapshot(name: nil, columns: ["id"]),
        indexes: [IndexSnapshot("ix_tree", elements: [IndexElement(column: "n")], method: "btree")],
        options: ["engine": "memory", "collation": "utf8mb4_unicode_ci"]),
    ],
    views: [
      ViewSnapshot(ObjectName("sums"), query: SchemaExpression("SELECT count(*) AS n, sum(small) AS s FROM features")),
      ViewSnapshot(ObjectName("of_view"), query: SchemaExpression("SELECT id + 1 AS `next` FROM adults WHERE id > 3")),
    ])

  static let sqlite = SchemaAdditions(
    tables: [
      TableSnapshot(
        ObjectName("features"),
        columns: [
          ColumnSnapshot("code", .varchar(64), collation: "NOCASE"),
          ColumnSnapshot("name", .text, isNullable: true, collation: "RTRIM"),
          ColumnSnapshot("shape", .custom("GEOMETRY"), isNullable: true),
          ColumnSnapshot(
            "short", .text, isNullable: true,
            computed: ComputedSnapshot(SchemaExpression("substr(name, 1, 3)"), isStored: false)),
          ColumnSnapshot("parent", .bigint, isNullable: true, default: .literal(.int(1))),
          ColumnSnapshot("other", .bigint, isNullable: true),
        ], primaryKey: PrimaryKeySnapshot(name: "it's the key", columns: ["code"]),
        foreignKeys: [
          key("fk_default", "parent", "people", .setDefault, .setDefault, .deferrable),
          key("fk_deferred", "other", "people", .cascade, .restrict, .deferred),
        ],
        indexes: [
          IndexSnapshot(
            "ix_partial",
            elements: [
              IndexElement(column: "name", descending: true, collation: "NOCASE"), .expression("lower(code)"),
            ], isUnique: true, predicate: SchemaExpression("name IS NOT NULL AND code <> 'it''s'"))
        ], options: ["without_rowid": "true"]),
      TableSnapshot(
        ObjectName("strict"),
        columns: [ColumnSnapshot("id", .bigint, identity: .byDefault), ColumnSnapshot("n", .date)],
        primaryKey: PrimaryKeySnapshot(name: "pk_strict", columns: ["id"]), options: ["strict": "true"]),
    ],
    views: [
      ViewSnapshot(ObjectName("of_view"), query: SchemaExpression("SELECT id + 1 AS \"next\" FROM adults WHERE id > 3"))
    ])
}
