import Rowan
import RowanSQLite
import Testing

/// What a program under default isolation to the main actor writes: queries, their closures, and what it makes of rows.
@Suite struct MainActorQueryTests {
  /// Shows what was read, on the main actor as everything of this module.
  private final class Board {
    var titles: [String] = []

    func show(_ tasks: [MainActorTask]) { titles = tasks.map { $0.label } }
  }

  private nonisolated struct Undone: Error {}

  /// A database of three tasks, the second below the first.
  private func filled() async throws -> Database {
    let db = try await Database.open(.sqlite(":memory:"))
    try await db.createTables([MainActorTask.self, FreeTask.self])
    let first = try await MainActorTask.insert(.init(title: "write", rank: 2)).returning().fetchOne(db)
    try await MainActorTask.insert([
      .init(title: "read", parentID: first.id, rank: 1), .init(title: "rest", color: 3),
    ]).run(db)
    return db
  }

  @Test func reads() async throws {
    let db = try await filled()
    let board = Board()
    let ranked = MainActorTask.where { $0.rank > 0 && $0.color == 7 }.order { $0.rank.descending() }
    board.show(try await ranked.fetchAll(db))
    #expect(board.titles == ["2 write", "1 read"])

    let pairs: [(String, Int)] = try await MainActorTask.order { $0.id.ascending() }.select { ($0.title, $0.color) }
      .fetchAll(db)
    let titles = pairs.map { $0.0 }
    let colors = pairs.map { $0.1 }
    #expect(titles == ["write", "read", "rest"])
    #expect(colors == [7, 7, 3])

    let below = try await MainActorTask.join(MainActorTask.self) { $0.parentID == $1.id }
      .select { child, parent in (child.title, parent.title) }.fetchAll(db)
    #expect(below.count == 1 && below[0].0 == "read" && below[0].1 == "write")

    let counts = try await MainActorTask.group { $0.color }.order { color, _ in color.ascending() }
      .select { color, tasks in (color, tasks.id.count()) }.fetchAll(db)
    #expect(counts.count == 2 && counts[0].0 == 3 && counts[0].1 == 1 && counts[1].1 == 2)

    var streamed: [String] = []
    for try await task in ranked.stream(db) { streamed.append(task.label) }
    #expect(streamed == ["2 write", "1 read"])
    await db.close()
  }

  @Test func writes() async throws {
    let db = try await filled()
    try await MainActorTask.update {
      $0.rank = $0.rank + 10
      $0.title = "late"
    }.where { $0.color == 3 }.run(db)
    var task = try await MainActorTask.where { $0.title == "late" }.fetchOne(db)
    #expect(task.rank == 10)

    task.title = "later"
    try await MainActorTask.update(task).run(db)
    try await MainActorTask.delete().where { $0.rank == 1 }.run(db)
    let left = try await MainActorTask.order { $0.id.ascending() }.fetchAll(db).map { $0.title }
    #expect(left == ["write", "later"])

    try await FreeTask.insert(.init(project: 1, number: 1, title: "a")).run(db)
    let key = FreeTask.PrimaryKey(project: 1, number: 1)
    let free = try await FreeTask.find(key).fetchOne(db)
    try await FreeTask.update(free).run(db)
    let hooked = try await FreeTask.find(key).fetchOne(db)
    #expect(hooked.title == "A", "its hook has run")
    await db.close()
  }

  @Test func transactions() async throws {
    let db = try await filled()
    let count = try await db.transaction { tx in
      try await MainActorTask.update { $0.rank = 0 }.where { $0.rank > 0 }.run(tx)
      try await tx.savepoint { inner in
        try await MainActorTask.insert(.init(title: "inside")).run(inner)
      }
      return try await MainActorTask.where { $0.rank == 0 }.fetchCount(tx)
    }
    #expect(count == 4)

    await #expect(throws: Undone.self) {
      try await db.transaction { tx in
        try await MainActorTask.delete().where { $0.rank == 0 }.run(tx)
        throw Undone()
      }
    }
    let titles = try await db.read { tx in
      try await MainActorTask.order { $0.id.ascending() }.fetchAll(tx).map { $0.title }
    }
    #expect(titles == ["write", "read", "rest", "inside"])
    await db.close()
  }
}
