import Testing

@testable import RowanCore

/// The order in which tables that refer to each other are made.
@Suite struct CreationOrderTests {
  private func key(_ name: String, to target: String) -> ForeignKeySnapshot {
    ForeignKeySnapshot("fk_\(name)_\(target)", columns: ["id"], target: ObjectName(target), targetColumns: ["id"])
  }

  private func table(_ name: String, to targets: String...) -> TableSnapshot {
    TableSnapshot(
      ObjectName(name), columns: [ColumnSnapshot("id", .bigint)], foreignKeys: targets.map { key(name, to: $0) })
  }

  @Test func referencedOnesComeFirst() {
    let tables = [table("leaf", to: "mid", "root"), table("other"), table("mid", to: "root"), table("root")]
    for isHoisting in [true, false] {
      let order = CreationOrder(tables, isHoisting: isHoisting)
      #expect(order.tables.map(\.name.name) == ["other", "root", "mid", "leaf"])
      #expect(Set(order.tables) == Set(tables))
      #expect(!order.isCircular && order.keyAdditions.isEmpty && order.keyDrops.isEmpty)
    }
  }

  @Test func tablesThatReferToThemselvesOrToOthersAreNoCircle() {
    let tables = [table("one", to: "one", "elsewhere"), table("two", to: "one", "two")]
    let order = CreationOrder(tables, isHoisting: true)
    #expect(order.tables == tables)
    #expect(!order.isCircular && order.keyAdditions.isEmpty)
  }

  @Test func aTableOfTheSameNameInAnotherNamespaceIsAnother() {
    var far = table("root", to: "leaf")
    far.name.namespace = "far"
    let order = CreationOrder([table("leaf", to: "root"), far, table("root")], isHoisting: true)
    #expect(order.tables.map(\.name.description) == ["root", "leaf", "far.root"])
    #expect(!order.isCircular)
  }

  @Test func aCircleIsBrokenWhereItBegins() {
    let tables = [table("a", to: "b", "root"), table("b", to: "c"), table("c", to: "a"), table("root")]
    let order = CreationOrder(tables, isHoisting: true)
    let without = table("a", to: "root")
    #expect(order.isCircular)
    #expect(order.tables == [table("root"), without, table("c", to: "a"), table("b", to: "c")])
    let late = key("a", to: "b")
    #expect(
      order.keyAdditions == [
        .alterTable(TableAlteration(before: without, after: tables[0], changes: [.addForeignKey(late)]))
      ])
    #expect(
      order.keyDrops == [
        .alterTable(TableAlteration(before: tables[0], after: without, changes: [.dropForeignKey(late)]))
      ])
  }

  @Test func aCircleStaysWholeWhereKeysCannotBeMadeLater() {
    let tables = [table("a", to: "b"), table("b", to: "a")]
    let order = CreationOrder(tables, isHoisting: false)
    #expect(order.isCircular)
    #expect(order.tables == tables)
    #expect(order.keyAdditions.isEmpty && order.keyDrops.isEmpty)
  }
}
