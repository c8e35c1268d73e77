import Foundation
import RowanCore
import Testing

@testable import RowanMySQL

/// What a snapshot cannot say is reported or refused.
@Suite(.enabled(if: TestDatabase.isRequired))
struct SchemaUnrepresentedTests {
  @Test func everythingElseIsReported() async throws {
    try await ScratchSchema.with { scratch in
      try await scratch.run(
        "CREATE TABLE p (id BIGINT PRIMARY KEY, n INT CHECK (n > 0), INDEX (n) COMMENT 'why', INDEX ig (n) IGNORED)",
        "CREATE TABLE t (id BIGINT PRIMARY KEY, u TIMESTAMP NULL ON UPDATE CURRENT_TIMESTAMP, h INT INVISIBLE)",
        "CREATE TABLE x (s VARCHAR(50), PRIMARY KEY (s(10))) ROW_FORMAT=COMPRESSED",
        "CREATE TABLE parts (id BIGINT PRIMARY KEY) PARTITION BY HASH (id) PARTITIONS 2",
        "CREATE TABLE history (id BIGINT PRIMARY KEY) WITH SYSTEM VERSIONING", "CREATE SEQUENCE seq",
        "CREATE TRIGGER trg BEFORE INSERT ON p FOR EACH ROW SET NEW.n = 1",
        "CREATE FUNCTION f() RETURNS INT DETERMINISTIC RETURN 1", "CREATE PROCEDURE pr() SELECT 1",
        "CREATE EVENT ev ON SCHEDULE EVERY 1 YEAR DO SELECT 1",
        "CREATE SQL SECURITY INVOKER VIEW v AS SELECT id FROM p WHERE id > 1 WITH CASCADED CHECK OPTION")
      let found = try await scratch.introspect()
      let said = found.unrepresented.map { "\($0.kind) \($0.name)" }
      #expect(
        said == [
          "column attribute t.h", "column attribute t.u", "column check p.n", "event ev", "function f",
          "index attribute p.ig", "index attribute p.n", "partitions parts", "primary key x", "procedure pr",
          "sequence seq", "system versioning history", "table option x", "trigger p.trg", "view option v",
          "view option v",
        ])
      #expect(found.schema.tables.map(\.name.name) == ["history", "p", "parts", "t", "x"])
      let less = try await scratch.db.dialect.makeIntrospector().introspect(
        scratch.db, IntrospectionOptions(excludedTables: [ObjectName("p"), ObjectName("x")]))
      #expect(less.schema.tables.map(\.name.name) == ["history", "parts", "t"])
      #expect(!less.unrepresented.contains { $0.name.hasPrefix("p.") || $0.name == "x" })
    }
  }

  /// information_schema has a `?` for what it cannot show; nothing of it is taken for granted.
  @Test func whatTheCatalogCannotShow() async throws {
    try await ScratchSchema.with { scratch in
      try await scratch.run(
        "CREATE TABLE t (id INT PRIMARY KEY, v VARCHAR(20) CHARACTER SET utf8mb4 DEFAULT 'hi \u{1F600}', w VARCHAR(9) "
          + "DEFAULT 'plain', CONSTRAINT sad CHECK (w <> '\u{1F622}'))",
        "CREATE VIEW v AS SELECT '\u{1F600}' AS face FROM t")
      let said = try await scratch.introspect().unrepresented.map { "\($0.kind) \($0.name)" }
      #expect(said.contains("default t.v") && said.contains("check t.sad") && said.contains("view v"), "\(said)")
      #expect(!said.contains("default t.w"))
    }
  }

  @Test func otherDatabases() async throws {
    try await ScratchSchema.with { one in
      try await one.run("CREATE TABLE p (id BIGINT PRIMARY KEY)")
      try await ScratchSchema.with { other in
        try await other.run(
          "CREATE TABLE c (id BIGINT, CONSTRAINT fk FOREIGN KEY (id) REFERENCES `\(one.name)`.p (id))")
        let found = try await other.introspect()
        #expect(found.unrepresented.map(\.kind) == ["foreign key"])
        #expect(found.schema.table(ObjectName("c"))?.foreignKeys == [])
      }
    }
  }

  @Test func theNumberOfQueriesIsFixed() async throws {
    try await ScratchSchema.with { scratch in
      try await scratch.db.withSchemaSession { session in
        func executed() async throws -> Int {
          let sql =
            "SELECT VARIABLE_VALUE FROM information_schema.SESSION_STATUS WHERE VARIABLE_NAME = 'COM_STMT_EXECUTE'"
          return Int(try await session.text(sql) ?? "") ?? 0
        }
        let introspector = try session.dialect.makeIntrospector()
        var counts: [Int] = []
        for round in 0..<2 {
          for index in 0..<10 {
            try await session.run(text: "CREATE TABLE t\(round)_\(index) (id BIGINT PRIMARY KEY, n INT, INDEX (n))")
          }
          let before = try await executed()
          let found = try await introspector.introspect(session, IntrospectionOptions())
          counts.append(try await executed() - before)
          #expect(found.schema.tables.count == 10 * (round + 1))
        }
        #expect(counts[0] == counts[1])
        #expect((5..<15).contains(counts[0]), "it took \(counts)")
      }
    }
  }

  @Test func refusedFeatures() throws {
    for flavor in [MySQLDialect.Flavor.mariaDB, .mySQL] {
      let emitter = MySQLDDLEmitter(MySQLDialect(flavor: flavor))
      func refuses(_ what: String, _ schema: SchemaSnapshot) {
        #expect(throws: RowanError.self, "\(what) is taken") {
          do { _ = try emitter.normalize(schema) } catch let error as RowanError {
            #expect(error.code == .unsupported, "\(what)")
            throw error
          }
        }
      }
      func table(_ change: (inout TableSnapshot) -> Void) -> SchemaSnapshot {
        var table = TableSnapshot(
          ObjectName("t"), columns: [ColumnSnapshot("a", .bigint), ColumnSnapshot("b", .text, isNullable: true)])
        change(&table)
        return SchemaSnapshot(dialect: "mysql", tables: [table])
      }
      func index(_ element: IndexElement, _ change: (inout IndexSnapshot) -> Void = { _ in }) -> SchemaSnapshot {
        var index = IndexSnapshot("ix", elements: [element])
        change(&index)
        return table { $0.indexes = [index] }
      }
      refuses("a namespace", SchemaSnapshot(dialect: "mysql", namespaces: ["n"]))
      refuses("an extension", SchemaSnapshot(dialect: "mysql", extensions: ["e"]))
      refuses("an enum", SchemaSnapshot(dialect: "mysql", enums: [EnumSnapshot(ObjectName("e"), values: ["a"])]))
      refuses("a table's namespace", table { $0.name.namespace = "n" })
      refuses(
        "a materialized view",
        SchemaSnapshot(
          dialect: "mysql",
          views: [ViewSnapshot(ObjectName("v"), query: SchemaExpression("SELECT 1"), isMaterialized: true)]))
      refuses("an option", table { $0.options = ["strict": "true"] })
      refuses("a comment", table { $0.comment = "😀" })
      refuses("a partial index", index(IndexElement(column: "a")) { $0.predicate = SchemaExpression("a > 1") })
      refuses("a covering index", index(IndexElement(column: "a")) { $0.including = ["b"] })
      refuses("a method", index(IndexElement(column: "a")) { $0.method = "gin" })
      refuses("a place for nulls", index(IndexElement(column: "a", nulls: .last)))
      refuses("an operator class", index(IndexElement(column: "a", operatorClass: "x")))
      refuses("a collation of an index", index(IndexElement(column: "a", collation: "utf8mb4_bin")))
      if flavor == .mariaDB {
        refuses("an index over an expression", index(IndexElement(expression: SchemaExpression("a + 1"))))
        refuses(
          "a check called as a JSON column",
          table {
            $0.columns[1].type = .json
            $0.checks = [CheckSnapshot("b", SchemaExpression("a > 1"))]
          })
      }
      refuses(
        "two identities",
        table {
          $0.columns[0].identity = .byDefault
          $0.columns[1] = ColumnSnapshot("b", .bigint, identity: .byDefault)
        })
      func key(_ deferral: ConstraintDeferral, _ action: ForeignKeyAction, namespace: String? = nil) -> SchemaSnapshot {
        table {
          $0.foreignKeys = [
            ForeignKeySnapshot(
              "fk", columns: ["a"], target: ObjectName("t", namespace: namespace), targetColumns: ["a"],
              onDelete: action, deferral: deferral)
          ]
        }
      }
      refuses("a deferrable key", key(.deferrable, .noAction))
      refuses("a deferred key", key(.deferred, .noAction))
      refuses("SET DEFAULT", key(.immediate, .setDefault))
      refuses("a key to another namespace", key(.immediate, .noAction, namespace: "n"))
    }
    #expect(throws: RowanError.self) {
      try MySQLDDLEmitter(MySQLDialect(.mariaDB, version: 100_611)).normalize(
        TableSnapshot(
          ObjectName("t"), columns: [ColumnSnapshot("a", .bigint)],
          indexes: [IndexSnapshot("ix", elements: [.descending("a")])]))
    }
  }

  @Test func defaultsThatDoNotFit() throws {
    let values: [(SQLType, SQLValue)] = [
      (.integer, .double(1.5)), (.integer, .text("x")), (.decimal(precision: 10, scale: 2), .double(1.005)),
      (.uuid, .bytes([1])), (.timestamp, .text("soon")), (.custom("time(0)"), .text("10:00:00.5")),
    ]
    for (type, value) in values {
      #expect(throws: RowanError.self, "\(type)") {
        try MySQLDDLEmitter(MySQLDialect()).normalize(
          TableSnapshot(ObjectName("t"), columns: [ColumnSnapshot("a", type, default: .literal(value))]))
      }
    }
  }
}
