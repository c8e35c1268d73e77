// swift-format-ignore-file
import Rowan

/// The tables of the database, and what no model says.
let postgresSchema = SchemaDefinition(
  tables: [
    PostgresWeirdTableName.self,
    PostgresDefault.self,
    PostgresNoKey.self,
    PostgresNumbered.self,
    PostgresParent.self,
    PostgresType.self,
    PostgresChild.self,
  ],
  only: [
    "postgres": SchemaAdditions(
      extensions: ["citext", "pg_trgm"],
      enums: [
        EnumSnapshot(ObjectName("mood"), values: ["sad", #"it's "ok""#, "happy"], comment: "how it is"),
        EnumSnapshot(ObjectName("select"), values: []),
        EnumSnapshot(ObjectName("Mood.Two", namespace: #"Other "Space"#), values: ["a"]),
      ],
      views: [
        ViewSnapshot(
          ObjectName("parent_count"),
          query: SchemaExpression("SELECT count(*) AS n FROM parents"),
          isMaterialized: true),
        ViewSnapshot(
          ObjectName("parent_names"),
          query: SchemaExpression("SELECT id, name AS label FROM parents WHERE id > 3"),
          comment: "names"),
      ],
      options: [
        ObjectName("no_key"): ["unlogged": "true"],
        ObjectName("parents"): ["fillfactor": "70", "toast.autovacuum_enabled": "false"],
      ])
  ])
