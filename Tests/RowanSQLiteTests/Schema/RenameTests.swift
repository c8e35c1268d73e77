import RowanCore
import Testing

@testable import RowanSQLite

@Suite("SQLite: names that are in each other's way")
struct RenameTests {
  static let letters = TableSnapshot(
    ObjectName("t"), columns: [column("a", .text), column("b", .text), column("c", .text)])

  func columns(_ changes: [TableChange], _ names: [String]) async throws -> [String: String?] {
    var after = Self.letters
    after.columns = names.map { column($0, .text) }
    let alteration = TableAlteration(before: Self.letters, after: after, changes: changes)
    let statements = try emitter.statements(
      for: [.alterTable(alteration)], from: schema(Self.letters), to: schema(after), options: DDLOptions())
    return try await withMemory { database in
      try await database.create(schema(Self.letters))
      try await database.run("INSERT INTO t VALUES ('1', '2', '3')")
      try await database.migrate(statements)
      #expect(Set(try await database.introspect().schema.tables[0].columns.map(\.name)) == Set(names))
      let values = try await database.rows(
        "SELECT \(names.map { "\"\($0)\"" }.joined(separator: ", ")) FROM t")
      return Dictionary(uniqueKeysWithValues: zip(names, values.first ?? []))
    }
  }

  @Test func swap() async throws {
    let values = try await columns(
      [.renameColumn(from: "a", to: "b"), .renameColumn(from: "b", to: "a")], ["b", "a", "c"])
    #expect(values == ["b": "1", "a": "2", "c": "3"])
  }

  @Test func circle() async throws {
    let values = try await columns(
      [.renameColumn(from: "a", to: "B"), .renameColumn(from: "b", to: "c"), .renameColumn(from: "c", to: "a")],
      ["B", "c", "a"])
    #expect(values == ["B": "1", "c": "2", "a": "3"])
  }

  @Test func ontoADroppedColumn() async throws {
    let changes: [TableChange] = [.renameColumn(from: "a", to: "b"), .dropColumn(column("b", .text))]
    #expect(try await columns(changes, ["b", "c"]) == ["b": "1", "c": "3"])
  }

  @Test func droppedAndAddedAgain() async throws {
    let changes: [TableChange] = [.dropColumn(column("b", .text)), .addColumn(column("b", .text))]
    #expect(try await columns(changes, ["a", "b", "c"]) == ["a": "1", "b": nil, "c": "3"])
  }

  @Test func everyColumnReplaced() async throws {
    let changes: [TableChange] =
      ["a", "b", "c"].map { .dropColumn(column($0, .text)) } + [.addColumn(column("b", .text))]
    #expect(try await columns(changes, ["b"]) == ["b": nil])
  }

  @Test func tables() async throws {
    let before = schema(table("a", column("x", .text)), table("b", column("y", .text)))
    var a = before.tables[0], b = before.tables[1]
    (a.name, b.name) = (b.name, a.name)
    let statements = try emitter.statements(
      for: [
        .renameTable(from: ObjectName("a"), to: ObjectName("b")),
        .renameTable(from: ObjectName("b"), to: ObjectName("A")),
      ], from: before, to: schema(a, b), options: DDLOptions())
    try await withMemory { database in
      try await database.create(before)
      try await database.migrate(statements)
      let found = try await database.introspect().schema
      #expect(found.tables.map(\.name.name) == ["A", "b"])
      #expect(found.tables.map { $0.columns[1].name } == ["y", "x"])
    }
  }

  @Test func otherLettersOfATable() async throws {
    let statements = try emitter.statements(
      for: [.renameTable(from: ObjectName("t"), to: ObjectName("T"))], from: schema(Self.letters), to: schema(),
      options: DDLOptions())
    try await withMemory { database in
      try await database.create(schema(Self.letters))
      try await database.migrate(statements)
      #expect(try await database.introspect().schema.tables.map(\.name.name) == ["T"])
    }
  }
}
