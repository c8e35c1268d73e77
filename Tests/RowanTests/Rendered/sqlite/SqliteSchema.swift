// swift-format-ignore-file
import Rowan

/// The tables of the database, and what no model says.
let sqliteSchema = SchemaDefinition(
  tables: [SQLiteOrderItem.self, SQLiteCode.self, SQLiteKeyless.self, SQLiteUser.self],
  only: [
    "sqlite": SchemaAdditions(
      views: [
        ViewSnapshot(
          ObjectName("all users"),
          query: SchemaExpression(#"SELECT id, name AS "the name" FROM users WHERE id > 0"#))
      ],
      options: [
        ObjectName(#"Order "items""#): ["without_rowid": "true"],
        ObjectName("codes"): ["strict": "true", "without_rowid": "true"],
      ])
  ])
