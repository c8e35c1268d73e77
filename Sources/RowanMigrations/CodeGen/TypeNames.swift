internal import RowanCore

/// The Swift names of the types that a schema becomes.
struct TypeNames {
  private(set) var tables: [ObjectName: String] = [:]
  private(set) var enums: [ObjectName: String] = [:]
  private var allocation: NameAllocation

  private let prefix: String

  /// Names for all tables and types of `schema`, each beginning with `prefix`, and none of them `reserved`.
  init(_ schema: SchemaSnapshot, prefix: String, reserved: String) {
    allocation = NameAllocation(reserved: SwiftNames.types.union([reserved]))
    self.prefix = prefix
    for (index, table) in schema.tables.enumerated() {
      var words = SwiftIdentifier.words(table.name.name)
      if let last = words.popLast() { words.append(Singular.of(last)) }
      let plain = words.isEmpty ? "Table\(index + 1)" : SwiftIdentifier.upper(words)
      tables[table.name] = take(plain, in: table.name.namespace, suffix: "Record")
    }
    for (index, type) in schema.enums.enumerated() {
      let words = SwiftIdentifier.words(type.name.name)
      let plain = words.isEmpty ? "Enumeration\(index + 1)" : SwiftIdentifier.upper(words)
      enums[type.name] = take(plain, in: type.name.namespace, suffix: "Kind")
    }
  }

  /// A name for the type that `column` of the model `owner` states itself.
  mutating func take(column: String, of owner: String) -> String {
    allocation.take([owner + SwiftIdentifier.upper(SwiftIdentifier.words(column)), owner + "Kind"])
  }

  private mutating func take(_ plain: String, in namespace: String?, suffix: String) -> String {
    let words = namespace.map { SwiftIdentifier.words($0) } ?? []
    let qualified = words.isEmpty ? [] : [SwiftIdentifier.upper(words) + plain]
    return allocation.take(([plain] + qualified + [plain + suffix]).map { prefix + $0 })
  }
}

/// The Swift names of the columns of a table.
struct PropertyNames {
  /// By the columns' names.
  private(set) var properties: [String: String] = [:]

  init(_ table: TableSnapshot) {
    let key = table.primaryKey?.columns ?? []
    var allocation = NameAllocation(reserved: [])
    // Those that say their column's name come first, so that no other takes it.
    for isExact in [true, false] {
      for (index, column) in table.columns.enumerated() where properties[column.name] == nil {
        let exact = Self.exact(column.name)
        if isExact != (exact != nil) { continue }
        var wanted = exact ?? SwiftIdentifier.lower(SwiftIdentifier.words(column.name))
        if wanted.isEmpty { wanted = "column\(index + 1)" }
        let isTaken = SwiftNames.properties.contains(wanted) || wanted == "primaryKey" && key.count == 1
        properties[column.name] = allocation.take([isTaken ? wanted + "Value" : wanted])
      }
    }
  }

  /// The property that needs no `name:`.
  private static func exact(_ column: String) -> String? {
    let words = SwiftIdentifier.words(column)
    return [SwiftIdentifier.lower(words), SwiftIdentifier.lower(words, acronyms: false)].first {
      snakeCased($0).unicodeScalars.elementsEqual(column.unicodeScalars)
    }
  }
}
