/// Names that something has already.
enum SwiftNames {
  /// Words that Swift takes for a name only between backticks.
  static let keywords: Set = [
    "Any", "Self", "as", "associatedtype", "await", "break", "case", "catch", "class", "continue", "default", "defer",
    "deinit", "do", "else", "enum", "extension", "fallthrough", "false", "fileprivate", "for", "func", "guard", "if",
    "import", "in", "init", "inout", "internal", "is", "let", "nil", "operator", "precedencegroup", "private",
    "protocol", "public", "repeat", "rethrows", "return", "self", "static", "struct", "subscript", "super", "switch",
    "throw", "throws", "true", "try", "typealias", "var", "where", "while",
  ]

  /// Properties that no column can have: `@Table` declares them itself, or Swift reads them as something else.
  static let properties: Set = ["self", "rowanSlot"]

  /// Cases that an enumerated type of the library cannot have.
  static let cases: Set = [
    "self", "init", "allCases", "sqlType", "sqlValue", "isNullable", "read", "rawValue", "arrayType", "arrayValue",
    "readArray", "hash", "hashValue",
  ]

  /// Types that the standard library, Foundation, this library or what `@Table` writes has.
  static let types: Set<String> = [
    // What Swift does not read as a type of one's own.
    "Any", "AnyObject", "Protocol", "Self", "Type", "Never", "Void",
    // Modules: what is qualified with one of these would be looked for in the type.
    "Foundation", "FoundationEssentials", "Rowan", "RowanCore", "RowanMigrations", "Swift",
    // The standard library.
    "Actor", "Array", "ArraySlice", "Bool", "CaseIterable", "Character", "Clock", "Codable", "Collection", "Comparable",
    "ContiguousArray", "Decodable", "Dictionary", "Double", "Duration", "Encodable", "Equatable", "Error", "Float",
    "Hashable", "Hasher", "Identifiable", "Int", "Int8", "Int16", "Int32", "Int64", "Iterator", "KeyPath", "Mirror",
    "Optional", "Range", "RawRepresentable", "Regex", "Result", "Sendable", "Sequence", "Set", "String", "Substring",
    "Task", "UInt", "UInt8", "UInt16", "UInt32", "UInt64", "Unicode",
    // Foundation.
    "Bundle", "Calendar", "Data", "Date", "DateComponents", "DateInterval", "Decimal", "Host", "IndexPath", "IndexSet",
    "Locale", "Measurement", "Notification", "Operation", "Port", "Process", "Progress", "Scanner", "Stream", "Thread",
    "TimeInterval", "TimeZone", "Timer", "URL", "URLRequest", "UUID", "Unit",
    // This library.
    "ArrayElement", "Assignment", "Batch", "CalendarDate", "CheckSchema", "CheckSnapshot", "Column", "ColumnSnapshot",
    "ComputedSnapshot", "ForeignKeySnapshot", "IndexSnapshot", "PrimaryKeySnapshot", "UniqueSnapshot", "ColumnDefault",
    "ColumnOption", "ColumnSchema",
    "ColumnValue", "CompositeKeySchema", "Computed", "Condition", "Conflict", "Database", "Delete", "Dialect",
    "Driver", "EnumSnapshot", "Field", "Fields", "Group", "Groupable", "ID", "Ignored", "IndexElement", "IndexSchema",
    "Insert", "Interval", "JSON", "Join", "KeyedTable", "Lane", "Lease", "ModelHooks", "ObjectName", "Ordering",
    "Outer", "Precedence", "PrimaryKeySchema", "Projection", "Query", "QueryExecutor", "Returning", "RowReader",
    "RowanError", "Runnable", "SQL", "SQLArray", "SQLType", "SQLValue", "Savepoint", "SchemaAdditions",
    "SchemaDefinition", "SchemaExpression", "Scope", "Select", "Selection", "Slot", "Statement", "SubQuery", "Table",
    "TableColumns", "TableSchema", "TableSnapshot", "TimeOfDay", "Timestamp", "Transaction", "UniqueSchema", "Update",
    "ViewSnapshot",
    // What the macro writes into every model.
    "AggregateColumns", "AsNullable", "Columns", "Draft", "Key", "Model", "Output", "PrimaryKey", "Root", "Row",
    // The file of the whole.
    "Schema",
  ]
}
