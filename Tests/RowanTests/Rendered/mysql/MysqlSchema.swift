// swift-format-ignore-file
import Rowan

/// The tables of the database, and what no model says.
let mysqlSchema = SchemaDefinition(
  tables: [MySQLEverything.self, MySQLMemory.self, MySQLOrderLine.self, MySQLParent.self],
  only: [
    "mysql": SchemaAdditions(
      views: [
        ViewSnapshot(ObjectName("Sums"), query: SchemaExpression("SELECT count(*) AS n, sum(a) AS s FROM everything")),
        ViewSnapshot(
          ObjectName("everyone"),
          query: SchemaExpression("SELECT e.id, p.other AS `o``ther`, '`everything`.' AS t FROM everything e JOIN parent p ON p.id = e.b")),
      ],
      options: [ObjectName("memory"): ["collation": "utf8mb4_unicode_ci", "engine": "MEMORY"]])
  ])
