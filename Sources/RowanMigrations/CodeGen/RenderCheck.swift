internal import RowanCore

/// Makes sure that what is written says what was to be said, and keeps account of what is not.
struct RenderCheck {
  private let emitter: any DDLEmitter
  private(set) var withoutModel: [UnrepresentedObject] = []
  private(set) var lost: [UnrepresentedObject] = []

  init(dialect: any Dialect) { emitter = dialect.makeDDLEmitter() }

  /// The schema in normal form, without the tables that the engine could not be told to make again.
  mutating func normalized(_ schema: SchemaSnapshot) -> SchemaSnapshot {
    if let normal = try? emitter.normalize(schema) { return normal.bare }
    var kept = schema
    kept.tables = []
    for table in schema.tables {
      do {
        _ = try normal(table, in: schema)
        kept.tables.append(table)
      } catch {
        lose("table", table.name, error)
      }
    }
    return ((try? emitter.normalize(kept)) ?? kept).bare
  }

  /// Models of all tables that can have one.
  mutating func plans(of schema: SchemaSnapshot, prefix: String, reserved: String) -> (TablePlanner, [TablePlan]) {
    var excluded: Set<ObjectName> = []
    while true {
      var planner = TablePlanner(schema, constraintNames: emitter.names, prefix: prefix, reserved: reserved)
      planner.excluded = excluded
      var plans: [TablePlan] = []
      for table in schema.tables where !excluded.contains(table.name) {
        do {
          let plan = try planner.plan(table)
          try compare(plan, with: table, of: schema)
          plans.append(plan)
        } catch {
          excluded.insert(table.name)
          let reason = (error as? NoModel)?.reason ?? (error as? RowanError)?.message ?? "\(error)"
          withoutModel.append(UnrepresentedObject(kind: "table", name: table.name.description, reason: reason))
        }
      }
      // What refers to a table that turned out to have no model has to be planned anew.
      if excluded == planner.excluded { return (planner, plans) }
    }
  }

  private func compare(_ plan: TablePlan, with table: TableSnapshot, of schema: SchemaSnapshot) throws {
    var made = try TableSnapshot(plan.schema, names: emitter.names)
    made.options = table.options
    let found = try normal(made, in: schema).bare
    guard found != table else { return }
    let columns = table.columns.filter { found.column($0.name) != $0 }.map { "column '\($0.name)'" }
    let parts: [(String, Bool)] = [
      ("its comment", found.comment != table.comment), ("its primary key", found.primaryKey != table.primaryKey),
      ("a unique constraint", found.uniques != table.uniques), ("a check", found.checks != table.checks),
      ("a foreign key", found.foreignKeys != table.foreignKeys), ("an index", found.indexes != table.indexes),
    ]
    let different = columns + parts.filter(\.1).map(\.0)
    throw NoModel("a model cannot say \(different.joined(separator: ", "))")
  }

  private func normal(_ table: TableSnapshot, in schema: SchemaSnapshot) throws -> TableSnapshot {
    let alone = SchemaSnapshot(
      dialect: schema.dialect, namespaces: schema.namespaces, extensions: schema.extensions, enums: schema.enums,
      tables: [table])
    return try emitter.normalize(alone).tables.first ?? table
  }

  /// Notes what of `wanted` the definition does not say.
  mutating func compare(_ definition: SchemaDefinition, with wanted: SchemaSnapshot, _ dialect: any Dialect) {
    let found: SchemaSnapshot
    do {
      found = try definition.snapshot(for: dialect).bare
    } catch {
      lose("schema", ObjectName("the whole"), error)
      return
    }
    func note(_ kind: String, _ name: String) {
      lost.append(UnrepresentedObject(kind: kind, name: name, reason: "what is written of it says something else"))
    }
    for table in wanted.tables where found.table(table.name) != table { note("table", table.name.description) }
    for view in wanted.views where found.view(view.name) != view { note("view", view.name.description) }
    for type in wanted.enums where found.enumeration(type.name) != type { note("enum", type.name.description) }
    for name in wanted.namespaces where !found.namespaces.contains(name) { note("namespace", name) }
    for name in wanted.extensions where !found.extensions.contains(name) { note("extension", name) }
  }

  private mutating func lose(_ kind: String, _ name: ObjectName, _ error: any Error) {
    let reason = (error as? RowanError)?.message ?? "\(error)"
    lost.append(UnrepresentedObject(kind: kind, name: name.description, reason: reason))
  }
}
