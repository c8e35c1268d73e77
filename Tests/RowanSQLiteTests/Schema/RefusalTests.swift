import RowanCore
import Testing

@testable import RowanSQLite

@Suite("SQLite: what it cannot have is refused")
struct RefusalTests {
  static func changed(_ change: (inout IndexSnapshot) -> Void) -> SchemaSnapshot {
    var index = IndexSnapshot("ix", elements: [IndexElement(column: "c")])
    change(&index)
    return schema(table("t", column("c", .text), indexes: [index]))
  }

  static let refused: [SchemaSnapshot] = [
    SchemaSnapshot(dialect: "sqlite", namespaces: ["n"]), SchemaSnapshot(dialect: "sqlite", extensions: ["e"]),
    SchemaSnapshot(dialect: "sqlite", enums: [EnumSnapshot(ObjectName("e"), values: ["a"])]),
    schema(TableSnapshot(ObjectName("t", namespace: "n"), columns: [column("c", .text)])),
    schema(
      views: [ViewSnapshot(ObjectName("v"), query: SchemaExpression("SELECT 1"), isMaterialized: true)]),
    schema(TableSnapshot(ObjectName("t"), columns: [ColumnSnapshot("c", .bigint, identity: .byDefault)])),
    schema(
      TableSnapshot(
        ObjectName("t"), columns: [ColumnSnapshot("c", .bigint, identity: .always)],
        primaryKey: PrimaryKeySnapshot(name: "pk", columns: ["c"]))),
    schema(table("t", options: ["without_rowid": "true"])), schema(table("t", options: ["engine": "InnoDB"])),
    schema(table("t", ColumnSnapshot("c", .decimal(precision: 5, scale: 1), collation: "NOCASE"))),
    schema(table("t", column("c", .custom("GEOMETRY")), options: ["strict": "true"])),
    changed { $0.method = "gin" }, changed { $0.including = ["id"] }, changed { $0.elements[0].operatorClass = "x" },
    changed { $0.elements[0].nulls = .last }, changed { $0.elements[0].prefixLength = 3 },
  ]

  @Test(arguments: refused.indices) func refuses(_ index: Int) async {
    let error = await failure { _ = try emitter.normalize(Self.refused[index]) }
    #expect(error?.code == .unsupported)
    #expect(error?.hint != nil)
  }

  @Test(arguments: ["a > 1) CHECK (1", "a > 'x", "a > 1 -- why", "(a", "a) , \"b\" TEXT, CHECK (1"])
  func brokenExpressions(_ source: String) async {
    let given = table("t", column("a", .integer), checks: [CheckSnapshot("c", SchemaExpression(source))])
    #expect(await failure { _ = try emitter.normalize(schema(given)) }?.code == .syntaxError)
  }
}
