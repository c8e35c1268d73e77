public import RowanCore

/// A source file that was rendered.
public struct RenderedFile: Sendable, Hashable {
  /// The file's name, such as `User.swift`.
  public var name: String
  /// Its text.
  public var text: String

  /// Makes a file.
  public init(name: String, text: String) {
    self.name = name
    self.text = text
  }
}

/// A schema as Swift source.
public struct RenderedModels: Sendable {
  /// The files, in the order of their names.
  public var files: [RenderedFile]
  /// What the source does not say: what was handed over as such, and what turned out so.
  public var unrepresented: [UnrepresentedObject]
  /// The tables that have no model, with the reason; the schema declares them, but nothing can query them.
  public var withoutModel: [UnrepresentedObject]
}

/// Writes models that say what a schema says.
///
/// ```swift
/// let found = try await database.dialect.makeIntrospector().introspect(database, IntrospectionOptions())
/// let rendered = try ModelRenderer(dialect: database.dialect).render(found)
/// for file in rendered.files { … }
/// ```
/// Each table becomes one file with one `@Table` struct; one more file declares the `SchemaDefinition` of them all, with
/// what no model says: views, extensions, enumerated types, options of the engine, tables that no model can express.
/// The definition's snapshot on the same engine equals the one that was rendered, but for what is returned as
/// unrepresented. The same schema always gives the same files.
public struct ModelRenderer: Sendable {
  private let dialect: any Dialect
  private let schemaName: String
  private let typePrefix: String

  /// Renders schemas of one engine.
  /// - Parameters:
  ///   - dialect: the engine.
  ///   - schemaName: what the constant is called that holds the definition; its file is called so too.
  ///   - typePrefix: what the name of every type begins with, for several databases in one module.
  public init(dialect: any Dialect, schemaName: String = "schema", typePrefix: String = "") {
    self.dialect = dialect
    self.schemaName = schemaName
    self.typePrefix = typePrefix
  }

  /// Renders what was found in a database.
  public func render(_ found: IntrospectedSchema) throws -> RenderedModels {
    try render(found.schema, unrepresented: found.unrepresented)
  }

  /// Renders a schema.
  /// - Parameters:
  ///   - schema: the schema, of this renderer's engine.
  ///   - unrepresented: what the schema does not say, to be told at the head of its file.
  /// - Throws: ``RowanError/Code/invalidConfiguration`` for a schema of another engine.
  public func render(_ schema: SchemaSnapshot, unrepresented: [UnrepresentedObject] = []) throws -> RenderedModels {
    guard schema.dialect == dialect.name else {
      throw RowanError(
        .invalidConfiguration, "the schema is one of \(schema.dialect), but the renderer is for \(dialect.name)",
        hint: "make the renderer with the dialect of the schema")
    }
    var check = RenderCheck(dialect: dialect)
    let wanted = check.normalized(schema)
    let (planner, plans) = check.plans(of: wanted, prefix: typePrefix, reserved: SchemaFile.typeName(schemaName))
    let file = SchemaFile(
      name: schemaName, dialect: dialect.name, schema: wanted, plans: plans, excluded: planner.excluded)
    check.compare(file.definition, with: wanted, dialect)
    var files = plans.map { RenderedFile(name: "\($0.typeName).swift", text: $0.source) }
    for type in wanted.enums {
      guard let plan = planner.enums[type.name], planner.used.contains(type.name) else { continue }
      files.append(RenderedFile(name: "\(plan.typeName).swift", text: "import Rowan\n\n\(plan.source)"))
    }
    let lost = (unrepresented + check.lost).sorted { ($0.kind, $0.name, $0.reason) < ($1.kind, $1.name, $1.reason) }
    files.append(
      RenderedFile(name: file.fileName, text: file.source(lost: lost, withoutModel: check.withoutModel)))
    files.sort { $0.name < $1.name }
    return RenderedModels(files: files, unrepresented: lost, withoutModel: check.withoutModel)
  }
}
