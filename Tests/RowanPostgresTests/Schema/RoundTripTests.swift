import RowanCore
import RowanPostgres
import Testing

@Suite("Schemas that are created and read back", .schemaServer)
struct RoundTripTests {
  @Test("Every feature comes back as it went in")
  func everything() async throws {
    try await SchemaDatabase.with { db in
      let wanted = try EverythingSchema.snapshot(db.database.dialect)
      try await db.create(wanted)
      let found = try await db.introspect()
      SchemaComparison.expect(found.schema, wanted)
      #expect(found.unrepresented == [])
      // Normal form is a fixed point, and what was read can be created again elsewhere.
      #expect(try db.emitter.normalize(wanted) == wanted)
      #expect(try db.emitter.normalize(found.schema) == found.schema)
      let again = try await SchemaDatabase.with { other in
        try await other.create(found.schema)
        return try await other.introspect().schema
      }
      #expect(again == found.schema)
      #expect(try SchemaSnapshot(json: found.schema.json()) == found.schema)
    }
  }
}
