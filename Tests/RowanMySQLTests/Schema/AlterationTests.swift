import Foundation
import RowanCore
import Testing

@testable import RowanMySQL

/// From one schema to another and back, with rows in the tables.
@Suite(.enabled(if: TestDatabase.isRequired))
struct SchemaAlterationTests {
  /// Runs statements one at a time; before each its facts do not hold, after it they all do.
  @discardableResult
  static func apply(
    _ changes: [SchemaChange], from before: SchemaSnapshot, to after: SchemaSnapshot, in scratch: ScratchSchema
  ) async throws -> [SchemaStatement] {
    let statements = try scratch.emitter.statements(for: changes, from: before, to: after, options: DDLOptions())
    for statement in statements {
      let found = try await scratch.introspect().schema
      for fact in statement.facts {
        #expect(!fact.holds(in: found), "\(fact) holds before \(statement.sql)")
      }
      try await scratch.run(statement.sql)
      let then = try await scratch.introspect().schema
      for fact in statement.facts { #expect(fact.holds(in: then), "\(fact) does not hold after \(statement.sql)") }
      if statement.facts.isEmpty {
        try await scratch.run(statement.sql)
        #expect(try await scratch.introspect().schema == then, "running \(statement.sql) again changed something")
      }
    }
    return statements
  }

  /// `before` to `after` and back; in between, `rows` are put in.
  private func thereAndBack(
    _ before: [TableSnapshot], _ after: [TableSnapshot], _ changes: [SchemaChange], back: [SchemaChange],
    rows: [String] = [], check: (ScratchSchema) async throws -> Void = { _ in }
  ) async throws {
    try await ScratchSchema.with { scratch in
      let emitter = try scratch.emitter
      let one = try emitter.normalize(SchemaSnapshot(dialect: "mysql", tables: before))
      let other = try emitter.normalize(SchemaSnapshot(dialect: "mysql", tables: after))
      try await scratch.create(one)
      try await scratch.run(rows)
      let start = try await scratch.introspect().schema
      #expect(start.differences(from: one) == [])
      try await Self.apply(changes, from: one, to: other, in: scratch)
      #expect(try await scratch.introspect().schema.differences(from: other) == [])
      try await check(scratch)
      try await Self.apply(back, from: other, to: one, in: scratch)
      let end = try await scratch.introspect().schema
      #expect(end.differences(from: start, exact: true) == [])
      try await check(scratch)
    }
  }

  private func normal(_ table: TableSnapshot) throws -> TableSnapshot {
    try MySQLDDLEmitter(MySQLDialect()).normalize(table)
  }

  private func alter(_ before: TableSnapshot, _ after: TableSnapshot, _ changes: TableChange...) throws -> SchemaChange
  {
    var renamed = try normal(before)
    renamed.name = after.name
    return .alterTable(TableAlteration(before: renamed, after: try normal(after), changes: changes))
  }

  static let id = ColumnSnapshot("id", .bigint, identity: .byDefault)
  static let key = PrimaryKeySnapshot(name: nil, columns: ["id"])

  static func table(_ name: String = "t", _ columns: ColumnSnapshot...) -> TableSnapshot {
    TableSnapshot(ObjectName(name), columns: [id] + columns, primaryKey: key)
  }

  @Test func columnsComeAndGo() async throws {
    let a = ColumnSnapshot("a", .varchar(20), isNullable: true)
    let before = Self.table("t", a)
    let first = ColumnSnapshot("first", .integer, default: .literal(.int(7)))
    let middle = ColumnSnapshot("middle", .json, isNullable: true, comment: "it's")
    let last = ColumnSnapshot("last", .text, isNullable: true)
    let after = TableSnapshot(
      ObjectName("t"), columns: [first, Self.id, middle, a, last], primaryKey: Self.key)
    try await thereAndBack(
      [before], [after],
      [try alter(before, after, .addColumn(last), .addColumn(first), .addColumn(middle))],
      back: [try alter(after, before, .dropColumn(first), .dropColumn(middle), .dropColumn(last))],
      rows: ["INSERT INTO t (a) VALUES ('x'), ('y')"]
    ) { (scratch: ScratchSchema) async throws in
      #expect(try await scratch.text("SELECT GROUP_CONCAT(a ORDER BY id) FROM t") == "x,y")
    }
  }

  @Test func trailingColumnsAndIndexesAreOnline() async throws {
    let emitter = MySQLDDLEmitter(MySQLDialect())
    let before = Self.table("t", ColumnSnapshot("a", .bigint))
    let c = ColumnSnapshot("c", .varchar(9), isNullable: true)
    var after = before
    after.columns.append(c)
    let empty = SchemaSnapshot(dialect: "mysql")
    func texts(_ change: SchemaChange) throws -> [String] {
      try emitter.statements(for: [change], from: empty, to: empty, options: DDLOptions()).map(\.sql)
    }
    let added = try texts(alter(before, after, .addColumn(c)))
    #expect(
      added == [
        "ALTER TABLE `t`\n  ADD COLUMN `c` varchar(9),\n  ALGORITHM=INSTANT"
      ])
    let index = IndexSnapshot("ix", elements: [IndexElement(column: "a")])
    var indexed = before
    indexed.indexes = [index]
    indexed.uniques = [UniqueSnapshot("uq", columns: ["a"])]
    let built = try texts(alter(before, indexed, .addUnique(indexed.uniques[0]), .createIndex(index)))
    #expect(
      built == [
        """
        ALTER TABLE `t`
          ADD CONSTRAINT `uq` UNIQUE (`a`),
          ADD INDEX `ix` (`a`),
          ALGORITHM=INPLACE,
          LOCK=NONE
        """
      ])
    try await thereAndBack(
      [before], [indexed], [try alter(before, indexed, .addUnique(indexed.uniques[0]), .createIndex(index))],
      back: [try alter(indexed, before, .dropIndex(index), .dropUnique(indexed.uniques[0]))],
      rows: ["INSERT INTO t (a) VALUES (1), (2)"])
  }

  @Test func renames() async throws {
    let before = TableSnapshot(
      ObjectName("old"),
      columns: [
        Self.id, ColumnSnapshot("a", .bigint, comment: "the a"),
        ColumnSnapshot("b", .varchar(20), default: .literal(.text("x"))),
        ColumnSnapshot("c", .integer, isNullable: true),
      ], primaryKey: Self.key, uniques: [UniqueSnapshot("uq_a", columns: ["a"])],
      checks: [CheckSnapshot("ck_a", SchemaExpression("a > 0")), CheckSnapshot("ck_c", SchemaExpression("c < 9"))],
      indexes: [IndexSnapshot("ix_b", elements: [IndexElement(column: "b"), IndexElement(column: "a")])])
    let after = TableSnapshot(
      ObjectName("new"),
      columns: [
        Self.id, ColumnSnapshot("x", .bigint, comment: "the a"),
        ColumnSnapshot("y", .varchar(40), isNullable: true, default: .literal(.text("x"))),
        ColumnSnapshot("c", .integer, isNullable: true),
      ], primaryKey: Self.key, uniques: [UniqueSnapshot("uq_x", columns: ["x"])],
      checks: [CheckSnapshot("ck_x", SchemaExpression("x > 0")), CheckSnapshot("ck_d", SchemaExpression("c < 9"))],
      indexes: [IndexSnapshot("ix_y", elements: [IndexElement(column: "y"), IndexElement(column: "x")])])
    var (wide, narrow) = (after.columns[2], before.columns[2])
    wide.name = "y"
    narrow.name = "y"
    var (wideBack, narrowBack) = (wide, narrow)
    wideBack.name = "b"
    narrowBack.name = "b"
    try await thereAndBack(
      [before], [after],
      [
        .renameTable(from: before.name, to: after.name),
        try alter(
          before, after, .dropCheck(before.checks[0]), .renameUnique(from: "uq_a", to: "uq_x"),
          .renameIndex(from: "ix_b", to: "ix_y"), .renameCheck(from: "ck_c", to: "ck_d"),
          .renameColumn(from: "a", to: "x"), .renameColumn(from: "b", to: "y"), .alterColumn(from: narrow, to: wide),
          .addCheck(after.checks[1])),
      ],
      back: [
        .renameTable(from: after.name, to: before.name),
        try alter(
          after, before, .dropCheck(after.checks[1]), .renameUnique(from: "uq_x", to: "uq_a"),
          .renameIndex(from: "ix_y", to: "ix_b"), .renameCheck(from: "ck_d", to: "ck_c"),
          .renameColumn(from: "x", to: "a"), .renameColumn(from: "y", to: "b"),
          .alterColumn(from: wideBack, to: narrowBack), .addCheck(before.checks[0])),
      ], rows: ["INSERT INTO old (a, b, c) VALUES (1, 'one', 1), (2, 'two', NULL)"])
  }

  @Test func exchangedNames() async throws {
    let before = Self.table("t", ColumnSnapshot("a", .integer), ColumnSnapshot("b", .varchar(9)))
    let after = Self.table("t", ColumnSnapshot("b", .integer), ColumnSnapshot("a", .varchar(9)))
    let changes = [TableChange.renameColumn(from: "a", to: "b"), .renameColumn(from: "b", to: "a")]
    let change = try alter(before, after, changes[0], changes[1])
    try await thereAndBack(
      [before], [after], [change], back: [try alter(after, before, changes[0], changes[1])],
      rows: ["INSERT INTO t (a, b) VALUES (1, 'one')"])
  }

  @Test func foreignKeysAndTheirIndexes() async throws {
    let parent = Self.table("parent", ColumnSnapshot("n", .bigint))
    let columns = [
      Self.id, ColumnSnapshot("p", .bigint, isNullable: true), ColumnSnapshot("q", .bigint, isNullable: true),
    ]
    func key(_ name: String, _ column: String, _ action: ForeignKeyAction = .noAction) -> ForeignKeySnapshot {
      ForeignKeySnapshot(
        name, columns: [column], target: ObjectName("parent"), targetColumns: ["id"], onDelete: action)
    }
    let index = IndexSnapshot("ix_p", elements: [IndexElement(column: "p"), IndexElement(column: "q")])
    let before = TableSnapshot(
      ObjectName("child"), columns: columns, primaryKey: Self.key,
      foreignKeys: [key("fk_1", "p"), key("fk_2", "q"), key("fk_3", "q", .setNull)], indexes: [index])
    let after = TableSnapshot(
      ObjectName("child"), columns: columns, primaryKey: Self.key,
      foreignKeys: [key("fk_1", "p"), key("fk_3", "q", .cascade), key("fk_4", "q")])
    func with(_ table: TableSnapshot, _ names: String...) -> TableSnapshot {
      var table = table
      table.foreignKeys.removeAll { !names.contains($0.name) }
      return table
    }
    let kept = with(before, "fk_1")
    let keptAfter = with(after, "fk_1")
    let keptBack = with(after, "fk_1", "fk_4")
    try await thereAndBack(
      [parent, before], [parent, after],
      [
        try alter(before, kept, .dropForeignKey(before.foreignKeys[2]), .dropForeignKey(before.foreignKeys[1])),
        try alter(kept, keptAfter, .dropIndex(index)),
        try alter(keptAfter, after, .addForeignKey(after.foreignKeys[1]), .addForeignKey(after.foreignKeys[2])),
      ],
      back: [
        try alter(after, keptBack, .dropForeignKey(after.foreignKeys[1])),
        try alter(
          keptBack, with(before, "fk_1", "fk_2"), .renameForeignKey(from: "fk_4", to: "fk_2"), .createIndex(index)),
        try alter(with(before, "fk_1", "fk_2"), before, .addForeignKey(before.foreignKeys[2])),
      ], rows: ["INSERT INTO parent (n) VALUES (5)", "INSERT INTO child (p, q) VALUES (1, NULL), (NULL, 1)"])
  }

  @Test func typesUnderForeignKeys() async throws {
    func tables(_ type: SQLType) -> [TableSnapshot] {
      [
        TableSnapshot(
          ObjectName("a_parent"), columns: [ColumnSnapshot("id", type, identity: .byDefault)], primaryKey: Self.key),
        TableSnapshot(
          ObjectName("child"), columns: [Self.id, ColumnSnapshot("p", type)], primaryKey: Self.key,
          foreignKeys: [
            ForeignKeySnapshot("fk", columns: ["p"], target: ObjectName("a_parent"), targetColumns: ["id"])
          ]),
      ]
    }
    let (small, large) = (tables(.integer), tables(.bigint))
    func changes(_ from: [TableSnapshot], _ to: [TableSnapshot]) throws -> [SchemaChange] {
      [
        try alter(from[0], to[0], .alterColumn(from: from[0].columns[0], to: to[0].columns[0])),
        try alter(from[1], to[1], .alterColumn(from: from[1].columns[1], to: to[1].columns[1])),
      ]
    }
    try await thereAndBack(
      small, large, try changes(small, large), back: try changes(large, small),
      rows: ["INSERT INTO a_parent VALUES (3)", "INSERT INTO child (p) VALUES (3)"])
  }

  @Test func primaryKeys() async throws {
    let before = TableSnapshot(
      ObjectName("t"), columns: [Self.id, ColumnSnapshot("n", .bigint)], primaryKey: Self.key)
    let after = TableSnapshot(
      ObjectName("t"), columns: [Self.id, ColumnSnapshot("n", .bigint)],
      primaryKey: PrimaryKeySnapshot(name: nil, columns: ["id", "n"]))
    var plain = Self.id
    plain.identity = nil
    let none = TableSnapshot(ObjectName("t"), columns: [plain, ColumnSnapshot("n", .bigint)])
    let rows = ["INSERT INTO t (n) VALUES (1), (2)"]
    try await thereAndBack(
      [before], [after],
      [try alter(before, after, .dropPrimaryKey(Self.key), .addPrimaryKey(try #require(after.primaryKey)))],
      back: [try alter(after, before, .dropPrimaryKey(try #require(after.primaryKey)), .addPrimaryKey(Self.key))],
      rows: rows)
    try await thereAndBack(
      [before], [none],
      [try alter(before, none, .dropPrimaryKey(Self.key), .alterColumn(from: Self.id, to: plain))],
      back: [try alter(none, before, .alterColumn(from: plain, to: Self.id), .addPrimaryKey(Self.key))], rows: rows)
    // Numbers are given to the rows there are.
    let bare = TableSnapshot(ObjectName("t"), columns: [ColumnSnapshot("n", .bigint)])
    let numbered = TableSnapshot(
      ObjectName("t"), columns: [Self.id, ColumnSnapshot("n", .bigint)], primaryKey: Self.key)
    try await thereAndBack(
      [bare], [numbered], [try alter(bare, numbered, .addColumn(Self.id), .addPrimaryKey(Self.key))],
      back: [try alter(numbered, bare, .dropPrimaryKey(Self.key), .dropColumn(Self.id))], rows: rows)
  }

  @Test func computedColumns() async throws {
    func table(_ column: ColumnSnapshot) -> TableSnapshot {
      TableSnapshot(
        ObjectName("t"), columns: [Self.id, ColumnSnapshot("a", .bigint), column, ColumnSnapshot("z", .bigint)],
        primaryKey: Self.key, indexes: [IndexSnapshot("ix", elements: [IndexElement(column: "c")])])
    }
    func computed(_ sql: String, _ isStored: Bool) -> ColumnSnapshot {
      ColumnSnapshot(
        "c", .bigint, isNullable: true, computed: ComputedSnapshot(SchemaExpression(sql), isStored: isStored))
    }
    let forms = [
      ColumnSnapshot("c", .bigint, isNullable: true), computed("a + 1", true), computed("a + 2", true),
      computed("a + 1", false), computed("a * 2", false),
    ]
    for one in forms {
      for other in forms where one != other {
        try await thereAndBack(
          [table(one)], [table(other)], [try alter(table(one), table(other), .alterColumn(from: one, to: other))],
          back: [try alter(table(other), table(one), .alterColumn(from: other, to: one))],
          rows: ["INSERT INTO t (a, z) VALUES (1, 2), (3, 4)"])
      }
    }
  }

  @Test func optionsAndComments() async throws {
    let a = ColumnSnapshot("a", .varchar(20), isNullable: true)
    let b = ColumnSnapshot("b", .varchar(20), collation: "utf8mb4_general_ci")
    let before = Self.table("t", a, b)
    var after = before
    after.comment = "it's \\ commented"
    after.options = ["collation": "utf8mb4_general_ci", "engine": "Aria"]
    after.columns[2].collation = nil
    try await thereAndBack(
      [before], [after],
      [try alter(before, after, .setComment(after.comment), .setOptions(after.options))],
      back: [try alter(after, before, .setComment(nil), .setOptions([:]), .alterColumn(from: after.columns[2], to: b))],
      rows: ["INSERT INTO t (a, b) VALUES ('é', 'b')"])
  }

  @Test func definitionsAreRestated() async throws {
    let before = Self.table(
      "t",
      ColumnSnapshot("a", .varchar(20), default: .literal(.text("x")), collation: "utf8mb4_general_ci", comment: "kept")
    )
    var after = before
    after.columns[1].type = .varchar(30)
    try await thereAndBack(
      [before], [after], [try alter(before, after, .alterColumn(from: before.columns[1], to: after.columns[1]))],
      back: [try alter(after, before, .alterColumn(from: after.columns[1], to: before.columns[1]))])
  }

  @Test func tablesAndViews() async throws {
    try await ScratchSchema.with { scratch in
      let tables = [RoundTripTables.parent, RoundTripTables.everything]
      let schema = try scratch.emitter.normalize(
        SchemaSnapshot(dialect: "mysql", tables: tables, views: RoundTripTables.views))
      let empty = SchemaSnapshot(dialect: "mysql")
      try await Self.apply(
        schema.tables.sorted { $0.foreignKeys.count < $1.foreignKeys.count }.map { .createTable($0) }
          + schema.views.map { .createView($0) }, from: empty,
        to: schema, in: scratch)
      #expect(try await scratch.introspect().schema.differences(from: schema) == [])
      try await Self.apply(
        schema.views.map { .dropView($0) } + schema.tables.map { .dropTable($0) }, from: schema, to: empty, in: scratch)
      #expect(try await scratch.introspect().schema == empty)
    }
  }
}
