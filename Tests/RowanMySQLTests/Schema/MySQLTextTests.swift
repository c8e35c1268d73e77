import RowanCore
import Testing

@testable import RowanMySQL

/// What MySQL 8 is told, and how what it says is read, where it is not MariaDB.
@Suite struct SchemaMySQLTextTests {
  private let emitter = MySQLDDLEmitter(MySQLDialect(.mySQL, version: 80_036))

  private let table = TableSnapshot(
    ObjectName("t"), comment: "it's",
    columns: [
      ColumnSnapshot("id", .bigint, identity: .byDefault), ColumnSnapshot("a", .bigint),
      ColumnSnapshot("name", .varchar(40), default: .literal(.text("x")), comment: "a \\ b"),
      ColumnSnapshot("doc", .json, isNullable: true), ColumnSnapshot("token", .uuid, default: .randomUUID),
      ColumnSnapshot("twice", .bigint, computed: ComputedSnapshot(SchemaExpression("a * 2"), isStored: true)),
    ], primaryKey: PrimaryKeySnapshot(name: nil, columns: ["id"]),
    checks: [CheckSnapshot("ck", SchemaExpression("a > 0"))],
    foreignKeys: [
      ForeignKeySnapshot("fk", columns: ["a"], target: ObjectName("p"), targetColumns: ["id"], onDelete: .cascade)
    ],
    indexes: [
      IndexSnapshot(
        "ix",
        elements: [
          IndexElement(expression: SchemaExpression("lower(name)"), descending: true), IndexElement(column: "a"),
        ])
    ])

  @Test func tables() throws {
    #expect(
      try emitter.createTable(emitter.normalize(table), ifNotExists: true) == [
        """
        CREATE TABLE IF NOT EXISTS `t` (
          `id` bigint NOT NULL AUTO_INCREMENT,
          `a` bigint NOT NULL,
          `name` varchar(40) NOT NULL DEFAULT 'x' COMMENT 'a \\\\ b',
          `doc` json,
          `token` binary(16) NOT NULL DEFAULT \(MySQLDefaults.randomUUID),
          `twice` bigint GENERATED ALWAYS AS (a * 2) STORED NOT NULL,
          CONSTRAINT `pk_t` PRIMARY KEY (`id`),
          CONSTRAINT `fk` FOREIGN KEY (`a`) REFERENCES `p` (`id`) ON DELETE CASCADE,
          CONSTRAINT `ck` CHECK (a > 0)
        ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_bin COMMENT='it''s'
        """, "CREATE INDEX `ix` ON `t` ((lower(name)) DESC, `a`)",
      ])
  }

  @Test func alterations() throws {
    let before = try emitter.normalize(table)
    var after = before
    after.checks = []
    after.foreignKeys = []
    after.columns[1].type = .integer
    after.columns[1].comment = "kept"
    let changes: [TableChange] = [
      .dropForeignKey(before.foreignKeys[0]), .dropCheck(before.checks[0]),
      .alterColumn(from: before.columns[1], to: after.columns[1]),
    ]
    let empty = SchemaSnapshot(dialect: "mysql")
    let statements = try emitter.statements(
      for: [.alterTable(TableAlteration(before: before, after: after, changes: changes))], from: empty, to: empty,
      options: DDLOptions())
    #expect(
      statements.map(\.sql) == [
        "ALTER TABLE `t`\n  DROP FOREIGN KEY `fk`,\n  DROP INDEX `fk`",
        "ALTER TABLE `t`\n  DROP CHECK `ck`,\n  MODIFY COLUMN `a` int NOT NULL COMMENT 'kept'",
      ])
    #expect(statements.allSatisfy { $0.placement == .outside })
  }

  @Test func checksOverRenamedColumns() throws {
    let before = try emitter.normalize(table)
    var after = before
    after.columns[1].name = "b"
    after.checks[0].expression.source = "b > 0"
    let alteration = TableAlteration(before: before, after: after, changes: [.renameColumn(from: "a", to: "b")])
    let empty = SchemaSnapshot(dialect: "mysql")
    let statements = try emitter.statements(
      for: [.alterTable(alteration)], from: empty, to: empty, options: DDLOptions())
    #expect(
      statements.map(\.sql) == [
        """
        ALTER TABLE `t`
          DROP CHECK `ck`,
          ADD CONSTRAINT `ck` CHECK (b > 0),
          RENAME COLUMN `a` TO `b`
        """
      ])
    #expect(
      statements[0].facts == [
        SchemaFact(.column, ObjectName("t"), "a", exists: false), SchemaFact(.column, ObjectName("t"), "b"),
      ])
  }

  @Test func catalogs() throws {
    func column(
      _ name: String, _ type: String, default text: String? = nil, extra: String = "", generation: String = "",
      collation: String? = nil
    ) -> MySQLColumnRow {
      MySQLColumnRow(
        table: "t", name: name, defaultText: text, isNullable: false, type: type, extra: extra,
        generation: generation, comment: "", collation: collation)
    }
    let columns = [
      column("id", "bigint", extra: "auto_increment"),
      column("name", "varchar(40)", default: "it's \\ raw", collation: "utf8mb4_0900_bin"),
      column("when", "datetime(6)", default: "CURRENT_TIMESTAMP(6)", extra: "DEFAULT_GENERATED"),
      column("at", "datetime(6)", default: "2001-01-01 00:00:00.000000"),
      column("text", "longtext", default: "_utf8mb4\\'it\\\\\\'s\\'", extra: "DEFAULT_GENERATED"),
      column("odd", "longtext", default: "convert(0x615c62 using utf8mb4)", extra: "DEFAULT_GENERATED"),
      column("bin", "varbinary(9)", default: "0x00FF"), column("n", "int unsigned", default: "5"),
      column("flag", "tinyint(1)", default: "1"), column("doc", "json"),
      column(
        "token", "binary(16)",
        default:
          "concat(random_bytes(6),char(((ascii(random_bytes(1)) & 15) | 64)),random_bytes(1),char(((ascii("
          + "random_bytes(1)) & 63) | 128)),random_bytes(7))", extra: "DEFAULT_GENERATED"),
      column("sum", "bigint", extra: "STORED GENERATED", generation: "concat(`name`,_utf8mb4\\'x\\')"),
      column("e", "bigint", default: "(1 + 2)", extra: "DEFAULT_GENERATED"),
    ]
    let index = MySQLIndexRow(
      table: "t", name: "ix", isUnique: false, column: nil, expression: "lower(`name`)", isDescending: true,
      prefixLength: nil, type: "btree", comment: "", isHidden: false)
    let catalog = MySQLCatalog(
      flavor: .mySQL, version: "8.0.36", database: "app",
      tables: [
        MySQLTableRow(
          name: "t", type: "BASE TABLE", engine: "InnoDB", collation: "utf8mb4_0900_bin", options: "", comment: "")
      ], columns: ["t": columns], indexes: ["t": [index]],
      checks: [
        "t": [
          MySQLCheckRow(
            table: "t", name: "ck", clause: "((`n` > 0) and (`name` <> _utf8mb4\\'it\\\\\\'s\\'))",
            belongsToColumn: false, isEnforced: false)
        ]
      ], keys: [:], actions: [:],
      views: [
        MySQLViewRow(
          name: "v", definition: "select `app`.`t`.`id` AS `id`,'`app`.' AS `x` from `app`.`t`", checkOption: "NONE",
          security: "DEFINER")
      ], programs: [])
    var reader = MySQLTableReader(catalog: catalog, emitter: emitter)
    let table = reader.table(catalog.tables[0])
    let found = try #require(table)
    func value(_ name: String) -> DefaultSnapshot? { found.column(name)?.defaultValue }
    #expect(value("id") == nil && found.column("id")?.identity == .byDefault)
    #expect(value("name") == .literal(.text("it's \\ raw")))
    #expect(value("when") == .now)
    #expect(value("at") == .literal(.timestamp(try #require(Timestamp("2001-01-01T00:00:00Z")))))
    #expect(value("text") == .literal(.text("it's")))
    #expect(value("odd") == .literal(.text("a\\b")))
    #expect(value("bin") == .literal(.bytes([0, 255])))
    #expect(value("n") == .literal(.int(5)))
    #expect(value("flag") == .literal(.bool(true)))
    #expect(found.column("doc")?.type == .json)
    #expect(value("token") == .randomUUID)
    let engine = "mysql"
    func read(_ text: String) -> SchemaExpression {
      SchemaExpression(text, canonical: CanonicalSQL(engine: engine, version: "8.0.36", text: text))
    }
    #expect(value("e") == .expression(read("1 + 2")))
    #expect(found.column("sum")?.computed == ComputedSnapshot(read("concat(`name`,_utf8mb4'x')"), isStored: true))
    #expect(found.checks == [CheckSnapshot("ck", read("(`n` > 0) and (`name` <> _utf8mb4'it\\'s')"))])
    #expect(found.indexes[0].elements == [IndexElement(expression: read("lower(`name`)"), descending: true)])
    let view = reader.view(catalog.views[0])
    #expect(view?.query.source == "select `t`.`id` AS `id`,'`app`.' AS `x` from `t`")
    let kinds = reader.unrepresented.map(\.kind)
    #expect(kinds == ["check attribute"])
  }
}
