import RowanCore

extension PairGenerator {
  /// `schema` after some changes that lose nothing, and that the rows meet.
  mutating func variant(of schema: PairSchema) -> PairSchema {
    var other = schema
    for index in other.tables.indices {
      other.tables[index].former = nil
      mutate(index, of: &other)
    }
    if numbers.chance(40) {
      other.tables.append(table("fresh"))
      for _ in 0..<numbers.number(3) { addKey(to: other.tables.count - 1, in: &other) }
      for _ in 0..<numbers.number(3) { addPart(to: other.tables.count - 1, in: &other) }
    }
    if numbers.chance(20) { other.views = [] }
    return other
  }

  private mutating func mutate(_ index: Int, of schema: inout PairSchema) {
    if numbers.chance(20) {
      schema.tables[index].former = schema.tables[index].name
      schema.tables[index].name = "renamed \(schema.tables[index].id)"
    }
    if numbers.chance(15) { schema.tables[index].comment = numbers.chance(50) ? "another" : nil }
    // Fewer.
    if numbers.chance(25), !schema.tables[index].uniques.isEmpty { schema.tables[index].uniques.removeLast() }
    if numbers.chance(25), !schema.tables[index].checks.isEmpty { schema.tables[index].checks.removeLast() }
    if numbers.chance(25), !schema.tables[index].indexes.isEmpty { schema.tables[index].indexes.removeLast() }
    if numbers.chance(25), !schema.tables[index].keys.isEmpty { schema.tables[index].keys.removeLast() }
    for position in schema.tables[index].columns.indices where position >= schema.tables[index].keyLength {
      mutate(column: position, of: &schema.tables[index])
    }
    // More.
    for _ in 0..<numbers.number(3) {
      var new = column("new \(id())")
      if !new.isNullable { new.defaultValue = defaultValue(new.type) }
      let places = schema.tables[index].keyLength...schema.tables[index].columns.count
      schema.tables[index].columns.insert(new, at: places.lowerBound + numbers.number(places.count))
    }
    for position in schema.tables[index].keys.indices where numbers.chance(20) {
      schema.tables[index].keys[position].onDelete = numbers.pick([.noAction, .restrict, .cascade, .setNull])
    }
    if numbers.chance(40) { addKey(to: index, in: &schema) }
    let old = schema.tables[index]
    for _ in 0..<numbers.number(3) { addPart(to: index, in: &schema) }
    var table = schema.tables[index]
    let filled = table.columns.filter { $0.name.hasPrefix("new ") && $0.defaultValue != nil }.map(\.id)
    let parts = (old.uniques.count, old.indexes.count)
    table.uniques = table.uniques.enumerated().filter { position, unique in
      position < parts.0 || unique.columns.allSatisfy { !filled.contains($0) }
    }.map(\.element)
    table.indexes = table.indexes.enumerated().filter { position, part in
      position < parts.1 || !part.isUnique || part.columns.allSatisfy { !filled.contains($0) }
    }.map(\.element)
    schema.tables[index] = table
  }

  private mutating func mutate(column position: Int, of table: inout PairSchema.Table) {
    var column = table.columns[position]
    defer { table.columns[position] = column }
    if numbers.chance(15), column.role != .violation {
      column.former = column.name
      column.name = "renamed \(column.id)"
    }
    if numbers.chance(10) { column.comment = numbers.chance(50) ? "another" : nil }
    guard column.role == .plain, column.computedFrom == nil else { return }
    if numbers.chance(20) { column.defaultValue = numbers.chance(50) ? defaultValue(column.type) : nil }
    if numbers.chance(20), !column.hasNulls { column.isNullable.toggle() }
    guard numbers.chance(35) else { return }
    var types = PairValues.wider(column.type)
    if !table.isMentioned(column.id), !table.isKeyed(column.id) { types += PairValues.other(column.type) }
    if table.isKeyed(column.id) { types.removeAll { !PairValues.isIndexable($0) } }
    retype(&column, types)
  }

  mutating func retype(_ column: inout PairSchema.Column, _ types: [SQLType]) {
    guard !types.isEmpty else { return }
    column.type = numbers.pick(types)
    if column.defaultValue != nil { column.defaultValue = defaultValue(column.type) }
  }

  /// `schema` without some of its columns and tables, and with narrower ones, and at least one of them.
  mutating func destroyed(_ schema: PairSchema) -> PairSchema {
    var other = schema, isDone = false
    while !isDone {
      for index in other.tables.indices {
        var table = other.tables[index]
        for column in table.columns where column.role == .plain && numbers.chance(20) {
          guard !table.isKeyed(column.id), let position = table.position(column.id) else { continue }
          let isViewed = other.views.contains { $0.column == column.id }
          if !isViewed, !table.isMentioned(column.id), numbers.chance(60) {
            // What comes back has a value for every row.
            guard column.isNullable || column.defaultValue != nil || column.computedFrom != nil else { continue }
            table.columns.remove(at: position)
            isDone = isDone || column.computedFrom == nil
          } else if column.computedFrom == nil, !table.isMentioned(column.id) {
            let types = PairValues.narrower(column.type)
            retype(&table.columns[position], types)
            isDone = isDone || !types.isEmpty
          }
        }
        other.tables[index] = table
      }
      if numbers.chance(50), other.tables.count > 1 {
        let gone = numbers.pick(other.tables)
        other.tables.removeAll { $0.id == gone.id }
        other.views.removeAll { $0.table == gone.id }
        for index in other.tables.indices { other.tables[index].keys.removeAll { $0.target == gone.id } }
        isDone = true
      }
    }
    return other
  }
}

extension PairSchema {
  /// What the rows of a table do not meet.
  enum Violation: String, Sendable, CaseIterable { case notNull, unique, narrowing, check, foreignKey }

  static let violationNames = ["dup", "hole", "long"]

  /// The schema with columns that hold what is not to be: one value twice, nothing, much.
  func withBait(in table: Int, ids: [Int]) -> PairSchema {
    var schema = self
    guard let index = tables.firstIndex(where: { $0.id == table }) else { return self }
    let types: [SQLType] = [.bigint, .varchar(20), .varchar(40)]
    for ((name, type), id) in zip(zip(Self.violationNames, types), ids) {
      schema.tables[index].columns.append(Column(id: id, name: name, type: type, hasNulls: true, role: .violation))
    }
    return schema
  }

  /// The schema that asks for what the rows do not meet.
  func violated(_ violation: Violation, in table: Int) -> PairSchema {
    var schema = self
    guard let index = tables.firstIndex(where: { $0.id == table }) else { return self }
    func position(_ name: String) -> Int? { tables[index].columns.firstIndex { $0.name == name } }
    guard let dup = position("dup"), let hole = position("hole"), let long = position("long") else { return self }
    switch violation {
    case .notNull: schema.tables[index].columns[hole].isNullable = false
    case .narrowing: schema.tables[index].columns[long].type = .varchar(3)
    case .unique:
      schema.tables[index].uniques.append(Unique(columns: [tables[index].columns[dup].id], name: "violated"))
    case .check:
      schema.tables[index].checks.append(
        Check(column: tables[index].columns[dup].id, condition: "<> 99", name: "violated"))
    case .foreignKey:
      schema.tables[index].keys.append(
        Key(
          target: table, columns: [tables[index].columns[dup].id], onDelete: .noAction, onUpdate: .noAction,
          deferral: .immediate, name: "violated"))
    }
    return schema
  }
}
