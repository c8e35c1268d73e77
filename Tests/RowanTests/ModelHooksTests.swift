import Rowan
import RowanSQLite
import Testing

@Table("hooked_notes")
struct HookedNote {
  @Column(.primaryKey, .generated) let id: ID<HookedNote, Int64>
  var text: String
  @Column(default: 0) var version: Int
}

@Table("plain_notes")
struct PlainNote {
  @Column(.primaryKey) let id: Int64
  var text: String
}

extension HookedNote: ModelHooks {
  static func willInsert(_ draft: inout Draft) throws { draft.text = draft.text.uppercased() }
  mutating func willUpdate() throws { version += 1 }
}

/// What the macro writes and what a model adopts beside it come together.
@Suite struct ModelHooksTests {
  @Test func hooksOfAModelWithAMacroAreCalled() async throws {
    #expect(HookedNote.rowanHooks != nil)
    #expect(PlainNote.rowanHooks == nil)
    let db = try await Database.open(.sqlite(":memory:"))
    try await db.createTables([HookedNote.self])
    var note = try await HookedNote.insert(.init(text: "one")).returning().fetchOne(db)
    #expect(note.text == "ONE")
    note.text = "two"
    try await HookedNote.update(note).run(db)
    let stored = try await HookedNote.find(note.id).fetchOne(db)
    #expect(stored.text == "two" && stored.version == 1)
    await db.close()
  }
}
