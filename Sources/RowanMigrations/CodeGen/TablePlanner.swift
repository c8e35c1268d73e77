internal import RowanCore

/// Makes models of tables.
struct TablePlanner {
  let schema: SchemaSnapshot
  let constraintNames: ConstraintNames
  var names: TypeNames
  /// The enumerated types that have Swift ones, and how they look.
  var enums: [ObjectName: EnumPlan] = [:]
  /// Those that columns hold.
  private(set) var used: Set<ObjectName> = []
  /// Tables without models, which nothing can name.
  var excluded: Set<ObjectName> = []

  init(_ schema: SchemaSnapshot, constraintNames: ConstraintNames, prefix: String, reserved: String) {
    self.schema = schema
    self.constraintNames = constraintNames
    names = TypeNames(schema, prefix: prefix, reserved: reserved)
    for type in schema.enums {
      guard let name = names.enums[type.name] else { continue }
      enums[type.name] = EnumPlan(name, values: type.values, comment: type.comment)
    }
  }

  /// The model of `table`.
  /// - Throws: ``NoModel`` where there can be none.
  mutating func plan(_ table: TableSnapshot) throws -> TablePlan {
    try check(table)
    let typeName = names.tables[table.name] ?? "Table"
    let properties = PropertyNames(table)
    var plans: [ColumnPlan] = []
    var inline: [EnumPlan] = []
    var needsFoundation = false
    for column in table.columns {
      let type = swiftType(column, of: table, typeName: typeName, &inline)
      needsFoundation = needsFoundation || type.needsFoundation || column.defaultValue?.needsFoundation == true
      plans.append(try plan(column, of: table, properties.properties[column.name] ?? column.name, type))
    }
    let parts = constraints(of: table, &plans)
    let key = table.primaryKey.flatMap { key in
      let declared = table.columns.map(\.name).filter { key.columns.contains($0) }
      let name = key.name == constraintNames.primaryKey(table.name.name) ? nil : key.name
      return name == nil && key.columns == declared
        ? nil : PrimaryKeySchema(key.columns == declared ? [] : key.columns, name: name)
    }
    return TablePlan(
      typeName: typeName, comment: table.comment, columns: plans,
      schema: TableSchema(
        table.name.name, namespace: table.name.namespace, columns: plans.map(\.schema), primaryKey: key,
        indexes: parts.indexes, uniques: parts.uniques, checks: parts.checks, foreignKeys: parts.foreignKeys,
        comment: table.comment), enums: inline, needsFoundation: needsFoundation)
  }

  /// What the macro would refuse.
  private func check(_ table: TableSnapshot) throws {
    // Names that differ in their bytes alone are one to Swift, and so to whatever looks a table up.
    if schema.tables.count(where: { $0.name == table.name }) > 1 { throw NoModel("another table is called the same") }
    if table.columns.isEmpty { throw NoModel("it has no columns") }
    if table.name.name.isEmpty || table.name.namespace?.isEmpty == true { throw NoModel("its name is empty") }
    var seen: Set<String> = []
    for column in table.columns {
      if column.name.isEmpty { throw NoModel("the name of a column is empty") }
      guard seen.insert(column.name.lowercased()).inserted else {
        throw NoModel("two columns differ only in the case of '\(column.name)'")
      }
      if column.identity != nil, column.defaultValue != nil {
        throw NoModel("column '\(column.name)' is numbered and has a default")
      }
    }
  }

  private func plan(
    _ column: ColumnSnapshot, of table: TableSnapshot, _ property: String, _ type: SwiftColumnType
  ) throws -> ColumnPlan {
    var plan = ColumnPlan(column, property: property, type: type)
    let isKey = table.primaryKey?.columns.contains(column.name) == true
    if isKey {
      plan.options.insert(".primaryKey", at: 0)
      plan.schema.isPrimaryKey = true
      plan.isConstant = true
    }
    if let identity = column.identity {
      plan.options.insert(
        identity == .byDefault ? ".generated" : ".generated(.\(identity.rawValue))", at: isKey ? 1 : 0)
      plan.schema.isGenerated = true
      plan.schema.identity = identity
    }
    if column.isNullable {
      // Neither a key nor what the database makes is optional.
      if isKey || column.identity != nil { plan.options.append(".nullable") } else { plan.swiftType += "?" }
    }
    if let computed = column.computed {
      let stored = computed.isStored ? "" : ", stored: false"
      plan.options.append(".computed(\(SwiftLiteral.string(computed.expression.source))\(stored))")
      plan.schema.computed = ComputedSchema(computed.expression.source, isStored: computed.isStored)
    }
    if let collation = column.collation {
      plan.options.append(".collation(\(SwiftLiteral.string(collation)))")
      plan.schema.collation = collation
    }
    if let comment = column.comment {
      plan.options.append(".comment(\(SwiftLiteral.string(comment)))")
      plan.schema.comment = comment
    }
    if let value = column.defaultValue {
      guard let argument = value.columnArgument else {
        throw NoModel("the default of column '\(column.name)' has no written form")
      }
      plan.defaultArgument = argument
      plan.schema.defaultValue = value.schema
    }
    return plan
  }

  private mutating func swiftType(
    _ column: ColumnSnapshot, of table: TableSnapshot, typeName: String, _ inline: inout [EnumPlan]
  ) -> SwiftColumnType {
    let plain = SwiftColumnType(column.type, engine: schema.dialect)
    switch column.type {
    case .custom(let spelled):
      if let name = enumeration(spelled), let type = enums[name] {
        used.insert(name)
        return SwiftColumnType(named: type.typeName)
      }
      if let values = EnumPlan.values(inline: spelled) {
        let name = names.take(column: column.name, of: typeName)
        if let type = EnumPlan(name, values: values) {
          inline.append(type)
          return SwiftColumnType(named: type.typeName)
        }
      }
    case .array(.custom(let spelled)):
      if let name = enumeration(spelled), let type = enums[name] {
        used.insert(name)
        enums[name]?.isElement = true
        return SwiftColumnType(named: "[\(type.typeName)]")
      }
    default: break
    }
    guard let (owner, key) = identified(by: column.name, of: table) else { return plain }
    let type = SwiftColumnType(key.type, engine: schema.dialect)
    let widths = ["Int16", "Int32", "Int"]
    let isWidened = (widths.firstIndex(of: plain.swift) ?? .max) < (widths.firstIndex(of: type.swift) ?? -1)
    return (type.swift == plain.swift || isWidened ? type.identifying(owner) : nil) ?? plain
  }

  /// The enumerated type that a column spells so.
  private func enumeration(_ spelled: String) -> ObjectName? {
    var parts = [""]
    var isQuoted = false
    var last: Character?
    for character in spelled {
      switch character {
      case "\"":
        // A quote that follows the end of a quoted part is one of its characters.
        if !isQuoted, last == "\"" { parts[parts.count - 1].append(character) }
        isQuoted.toggle()
      case "." where !isQuoted: parts.append("")
      default: parts[parts.count - 1].append(character)
      }
      last = character
    }
    guard let name = parts.popLast(), parts.count < 2 else { return nil }
    let object = ObjectName(name, namespace: parts.first)
    return schema.enumeration(object)?.name
  }

  /// Whose rows a column identifies, and the key it comes from: through the key of another table that is one itself.
  private func identified(by column: String, of table: TableSnapshot) -> (owner: String, key: ColumnSnapshot)? {
    var (table, column) = (table, column)
    var seen: Set<ObjectName> = []
    while true {
      let isKey = table.primaryKey?.columns == [column]
      let next = seen.contains(table.name) && isKey ? nil : target(of: column, in: table)
      guard let next, !(isKey && next.name == table.name) else {
        guard isKey, !excluded.contains(table.name), let owner = names.tables[table.name],
          let key = table.column(column)
        else { return nil }
        return (SwiftIdentifier.quoted(owner), key)
      }
      if isKey { seen.insert(table.name) }
      guard let key = next.primaryKey?.columns.first else { return nil }
      (table, column) = (next, key)
    }
  }

  /// The table whose key a column refers to.
  private func target(of column: String, in table: TableSnapshot) -> TableSnapshot? {
    for key in table.foreignKeys where key.columns == [column] {
      guard let target = schema.table(key.target), target.primaryKey?.columns == key.targetColumns,
        !excluded.contains(target.name)
      else { continue }
      return target
    }
    return nil
  }
}
