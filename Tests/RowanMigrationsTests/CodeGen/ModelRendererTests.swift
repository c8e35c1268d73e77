import RowanCore
import RowanMigrations
import RowanPostgres
import RowanSQLite
import Testing

@Suite struct ModelRendererTests {
  private func table(
    _ name: ObjectName, _ columns: [ColumnSnapshot] = [], foreignKeys: [ForeignKeySnapshot] = []
  ) -> TableSnapshot {
    TableSnapshot(
      name, columns: [ColumnSnapshot("id", .bigint, identity: .byDefault)] + columns,
      primaryKey: PrimaryKeySnapshot(name: "\(name.name)_pkey", columns: ["id"]), foreignKeys: foreignKeys)
  }

  private func render(_ schema: SchemaSnapshot) throws -> (models: RenderedModels, texts: [String: String]) {
    let models = try ModelRenderer(dialect: PostgresDialect()).render(schema)
    return (models, Dictionary(uniqueKeysWithValues: models.files.map { ($0.name, $0.text) }))
  }

  @Test func aModelReadsAsOneWrittenByHand() throws {
    var posts = table(
      ObjectName("posts"),
      [
        ColumnSnapshot("author_id", .bigint), ColumnSnapshot("title", .varchar(200), comment: "What it is called."),
        ColumnSnapshot("published_at", .timestamp, isNullable: true),
        ColumnSnapshot("created_at", .timestamp, default: .now),
      ],
      foreignKeys: [
        ForeignKeySnapshot(
          "posts_author_id_fkey", columns: ["author_id"], target: ObjectName("people"), targetColumns: ["id"],
          onDelete: .cascade)
      ])
    posts.comment = "What people write."
    posts.uniques = [UniqueSnapshot("uq_posts_title", columns: ["title"])]
    posts.indexes = [
      IndexSnapshot("ix_posts_author_id", elements: [.column("author_id")]),
      IndexSnapshot("newest", elements: [.descending("created_at")]),
    ]
    let (models, texts) = try render(SchemaSnapshot(dialect: "postgres", tables: [posts, table(ObjectName("people"))]))
    #expect(models.unrepresented == [] && models.withoutModel == [])
    #expect(models.files.map(\.name) == ["Person.swift", "Post.swift", "Schema.swift"])
    #expect(
      texts["Post.swift"] == """
        import Rowan

        /// What people write.
        @Table(
          "posts",
          primaryKey: PrimaryKeySchema(name: "posts_pkey"),
          indexes: [IndexSchema(elements: [.descending("created_at")], name: "newest")],
          comment: "What people write.")
        struct Post {
          @Column(.primaryKey, .generated) let id: ID<Post, Int64>
          @Column(.indexed, .references("people", onDelete: .cascade, name: "posts_author_id_fkey"))
          var authorID: ID<Person, Int64>
          /// What it is called.
          @Column(.varchar(200), .comment("What it is called."), .unique) var title: String
          var publishedAt: Timestamp?
          @Column(default: .now) var createdAt: Timestamp
        }

        """)
    #expect(
      texts["Schema.swift"] == """
        import Rowan

        /// The tables of the database, and what no model says.
        let schema = SchemaDefinition(tables: [Person.self, Post.self])

        """)
  }

  @Test func tablesOfSeveralNamespaces() throws {
    let key = ForeignKeySnapshot(
      "fk", columns: ["user_id"], target: ObjectName("users"), targetColumns: ["id"])
    let schema = SchemaSnapshot(
      dialect: "postgres", namespaces: ["billing", "empty"],
      tables: [
        table(ObjectName("users")),
        table(ObjectName("users", namespace: "billing"), [ColumnSnapshot("user_id", .bigint)], foreignKeys: [key]),
      ])
    let (models, texts) = try render(schema)
    #expect(models.unrepresented == [] && models.withoutModel == [])
    let text = try #require(texts["BillingUser.swift"])
    #expect(text.contains(#"namespace: "billing""#) && text.contains("in: .connectionDefault"))
    #expect(text.contains("var userID: ID<User, Int64>"))
    #expect(texts["Schema.swift"]?.contains(#"namespaces: ["empty"]"#) == true)
  }

  @Test func whatNoModelCanSayIsDeclaredAndTold() throws {
    let twins = table(ObjectName("twins"), [ColumnSnapshot("a", .text), ColumnSnapshot("A", .text)])
    let key = ForeignKeySnapshot(
      "fk_others_twin_id", columns: ["twin_id"], target: ObjectName("twins"), targetColumns: ["id"])
    let other = table(ObjectName("others"), [ColumnSnapshot("twin_id", .bigint)], foreignKeys: [key])
    let schema = SchemaSnapshot(dialect: "postgres", tables: [other, twins])
    let trigger = UnrepresentedObject(kind: "trigger", name: "t\nimport Evil", reason: "a trigger is no part of it")
    let models = try ModelRenderer(dialect: PostgresDialect()).render(schema, unrepresented: [trigger])
    #expect(models.unrepresented == [trigger])
    #expect(models.withoutModel.map(\.name) == ["twins"])
    #expect(models.files.map(\.name) == ["Other.swift", "Schema.swift"])
    let text = try #require(models.files.first?.text)
    let whole = try #require(models.files.last?.text)
    #expect(text.contains("var twinID: Int\n"))
    #expect(whole.hasPrefix("// The database has more than this schema says:\n// - trigger t\n// import Evil"))
    #expect(whole.contains("// These tables are declared here but have no model:\n// - table twins: two columns"))
    #expect(whole.contains("TableSnapshot(\n"))
  }

  @Test func theOrderOfWhatIsGivenDoesNotMatter() throws {
    let tables = ["b", "a", "c"].map { table(ObjectName($0)) }
    let one = try render(SchemaSnapshot(dialect: "postgres", tables: tables)).models.files
    #expect(one == (try render(SchemaSnapshot(dialect: "postgres", tables: tables.reversed())).models.files))
  }

  @Test func aSchemaOfAnotherEngineIsRefused() {
    #expect(throws: RowanError.self) {
      try ModelRenderer(dialect: SQLiteDialect()).render(SchemaSnapshot(dialect: "postgres"))
    }
  }
}
