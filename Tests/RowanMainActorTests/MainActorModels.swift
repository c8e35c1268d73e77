import Rowan
import Testing

/// In this module everything belongs to the main actor unless it says otherwise.
@Table("tasks")
struct MainActorTask {
  @Column(.primaryKey, .generated) let id: Int64
  var title: String
  @Column(.references("tasks")) var parentID: Int64?
  @Column(default: 0) var rank: Int
  var color: Int = 7

  static let children = refers(MainActorTask.self) { $0.parentID }
  var label: String { "\(rank) \(title)" }
}

/// Stands for what a library declares of every table.
nonisolated extension Table {
  static func refers<Child: Table, Value>(
    _ child: Child.Type, _ column: (Child.Columns) -> RowanCore.Column<Child, Value>
  ) -> ColumnRef {
    column(Child.Columns(Slot(1))).ref
  }
}

@Table
nonisolated struct FreeTask: Swift.Hashable {
  @Column(.primaryKey) let project: Int64
  @Column(.primaryKey) let number: Int
  var title: String
}

/// Hooks run wherever their write does.
nonisolated extension FreeTask: ModelHooks {
  mutating func willUpdate() throws { title = title.uppercased() }
}

/// Uses every part of the expansion off the main actor, which compiles only because all of it is `nonisolated`.
nonisolated func everyPart<Model: KeyedTable>(of record: Model, draft: Model.Draft) -> [String] {
  var row = RowEncoder()
  record.encode(into: &row)
  draft.encode(into: &row)
  _ = Model.Columns(Slot(0)).rowanSlot
  row.values += Model.keyValues(Model.primaryKey(of: record))
  return Model.schema.columns.map(\.name) + row.values.map { "\($0)" }
}

nonisolated func usedOffTheMainActor() -> [String] {
  let task = MainActorTask(id: 1, title: "a", parentID: nil, rank: 2)
  return everyPart(of: task, draft: MainActorTask.Draft(title: "b"))
}

@concurrent nonisolated func usedConcurrently() async -> [String] {
  let columns = MainActorTask.Columns(Slot(0))
  _ = (columns.primaryKey.ref, columns.title.ref)
  let task = FreeTask(project: 1, number: 2, title: "a")
  #expect(Set([task]).contains(task))
  #expect(MainActorTask.children.column == 2)
  #expect(MainActorTask.rowanHooks == nil && FreeTask.rowanHooks != nil)
  return usedOffTheMainActor() + everyPart(of: task, draft: FreeTask.Draft(project: 1, number: 3, title: "b"))
}

nonisolated func readOffTheMainActor(_ row: inout RowReader) throws(RowanCore.DecodeFailure) -> MainActorTask {
  try MainActorTask(row: &row)
}

@Suite struct MainActorModelTests {
  @Test func theExpansionIsUsableEverywhere() async {
    #expect(await usedConcurrently().prefix(3) == ["id", "title", "parent_id"])
    #expect(MainActorTask.Draft(title: "x").color == 7)
  }
}
