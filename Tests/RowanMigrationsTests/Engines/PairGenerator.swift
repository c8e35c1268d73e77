import RowanCore

/// Makes a schema by chance, and others of it.
struct PairGenerator {
  var numbers: SeededNumbers
  let dialect: String
  private var lastID = 0

  init(seed: UInt64, dialect: String) {
    numbers = SeededNumbers(seed: seed)
    self.dialect = dialect
  }

  mutating func id() -> Int {
    lastID += 1
    return lastID
  }

  /// A schema of two to five tables, whose keys refer to any of them.
  mutating func schema() -> PairSchema {
    var schema = PairSchema()
    for name in ["t0", "Table One", "select", "t\"3", "größe"].prefix(2 + numbers.number(4)) {
      schema.tables.append(table(name))
    }
    for index in schema.tables.indices {
      for _ in 0..<numbers.number(3) { addKey(to: index, in: &schema) }
      for _ in 0..<numbers.number(4) { addPart(to: index, in: &schema) }
    }
    if numbers.chance(40) {
      let table = numbers.pick(schema.tables)
      schema.views.append(
        PairSchema.View(name: "a view", table: table.id, column: numbers.pick(table.columns).id))
    }
    return schema
  }

  mutating func table(_ name: String) -> PairSchema.Table {
    let isComposite = numbers.chance(25)
    var columns = [PairSchema.Column(id: id(), name: "id", type: .bigint, isNullable: false, role: .key)]
    if isComposite {
      columns.append(PairSchema.Column(id: id(), name: "part", type: .integer, isNullable: false, role: .key))
    }
    for name in ["n1", "Mixed Case", "order", "it's", "a.b", "naïve"] where numbers.chance(65) {
      columns.append(column(name))
    }
    if let source = columns.first(where: { $0.role == .plain && PairValues.isInteger($0.type) }), numbers.chance(40) {
      columns.append(
        PairSchema.Column(id: id(), name: "next", type: .bigint, computedFrom: source.id))
    }
    return PairSchema.Table(
      id: id(), name: name, comment: numbers.chance(20) ? "it's \\ a table" : nil, columns: columns,
      keyLength: isComposite ? 2 : 1, isGenerated: !isComposite && numbers.chance(60))
  }

  mutating func column(_ name: String) -> PairSchema.Column {
    let type = numbers.pick(PairValues.types)
    var column = PairSchema.Column(
      id: id(), name: name, type: type, comment: numbers.chance(15) ? "one 'column'" : nil)
    column.isNullable = numbers.chance(60)
    column.hasNulls = column.isNullable && numbers.chance(50)
    if numbers.chance(35) { column.defaultValue = defaultValue(type) }
    return column
  }

  mutating func defaultValue(_ type: SQLType) -> ColumnDefault {
    switch type {
    case .timestamp, .date, .time: numbers.chance(50) ? .now : .value(PairValues.value(type, 9))
    case .uuid: numbers.chance(50) ? .randomUUID : .value(PairValues.value(type, 9))
    case .smallint, .integer, .bigint: numbers.chance(30) ? .expression("1 + 2") : .value(PairValues.value(type, 9))
    default: .value(PairValues.value(type, 9))
    }
  }

  /// Columns that refer to a table, and their key.
  mutating func addKey(to index: Int, in schema: inout PairSchema) {
    let target = numbers.pick(schema.tables)
    var columns: [Int] = []
    for column in target.columns.prefix(target.keyLength) {
      let new = PairSchema.Column(id: id(), name: "ref \(lastID)", type: column.type, role: .reference)
      columns.append(new.id)
      schema.tables[index].columns.append(new)
    }
    schema.tables[index].keys.append(key(to: target, columns))
  }

  mutating func key(to target: PairSchema.Table, _ columns: [Int]) -> PairSchema.Key {
    PairSchema.Key(
      target: target.id, columns: columns, onDelete: numbers.pick([.noAction, .restrict, .cascade, .setNull]),
      onUpdate: numbers.pick([.noAction, .cascade]),
      deferral: dialect != "mysql" && numbers.chance(30) ? numbers.pick([.deferrable, .deferred]) : .immediate,
      name: numbers.chance(30) ? "key \(id())" : nil)
  }

  /// A constraint or an index that the rows meet.
  mutating func addPart(to index: Int, in schema: inout PairSchema) {
    let table = schema.tables[index]
    let candidates = table.columns.filter { $0.role == .plain && $0.computedFrom == nil }
    guard !candidates.isEmpty else { return }
    let column = numbers.pick(candidates)
    let name = numbers.chance(40) ? "part \(id())" : nil
    switch numbers.number(3) {
    case 0 where PairValues.isIndexable(column.type):
      // Columns that come later with a default have it in every row.
      guard !table.uniques.contains(where: { $0.columns.first == column.id }) else { return }
      let isAlone = numbers.chance(60)
      schema.tables[index].uniques.append(
        PairSchema.Unique(columns: isAlone ? [column.id] : [column.id, table.columns[0].id], name: name))
    case 1 where PairValues.isInteger(column.type):
      add(
        PairSchema.Check(column: column.id, condition: numbers.pick([">= 0", "< 1000", "<> 777"]), name: name), index,
        &schema)
    case 1 where PairValues.isText(column.type):
      add(PairSchema.Check(column: column.id, condition: numbers.pick(["< 50", "> 0"]), name: name), index, &schema)
    case 2 where PairValues.isIndexable(column.type):
      guard !table.indexes.contains(where: { $0.columns.first == column.id }) else { return }
      var part = PairSchema.Index(columns: [column.id], name: "index \(id())")
      if dialect != "mysql" {
        part.isExpression = PairValues.isText(column.type) && numbers.chance(30)
        part.isPartial = numbers.chance(30)
      }
      if !part.isExpression {
        if numbers.chance(30) { part.columns.append(table.columns[0].id) }
        part.isDescending = numbers.chance(30)
        part.isUnique = numbers.chance(20)
        if !part.isPartial, !part.isDescending, numbers.chance(40) { part.name = nil }
      }
      // A unique index and a unique constraint over the same columns have one generated name.
      if part.isUnique { part.name = part.name ?? "index \(id())" }
      schema.tables[index].indexes.append(part)
    default: break
    }
  }

  private func add(_ check: PairSchema.Check, _ index: Int, _ schema: inout PairSchema) {
    let isThere = schema.tables[index].checks.contains {
      $0.column == check.column && $0.condition == check.condition
    }
    if !isThere { schema.tables[index].checks.append(check) }
  }
}
