/// What the expansion of `@Table` is written from.
struct TableModel {
  /// The struct's name as written, backticks included.
  var typeName: String
  /// The struct's access; a private struct's members say nothing.
  var access: Access
  /// The arguments of `TableSchema` but for its columns.
  var attribute: TableAttribute
  /// The columns, in the order in which they are declared.
  var columns: [ColumnModel]
  /// Whether a value can be made of all columns at once.
  var hasMemberwiseInitializer = false
  /// Whether anything was refused. The expansion is then still written, as far as it goes, lest every use of the model
  /// become an error as well.
  var isRefused = false

  /// The columns of the primary key.
  var keyColumns: [ColumnModel] { columns.filter(\.isPrimaryKey) }
  /// The column of a key that has only one.
  var singleKey: ColumnModel? { keyColumns.count == 1 ? keyColumns.first : nil }
  /// The modifier of members that are as visible as the struct.
  var prefix: String { access > .internal ? access.prefix : "" }
  /// The modifier of a member that is visible where `column` is.
  func prefix(_ column: ColumnModel) -> String { min(access == .file ? .internal : access, column.access).prefix }
}

/// One stored property that is a column.
struct ColumnModel {
  /// The property as written, backticks included.
  var identifier: String
  /// The property without backticks.
  var property: String
  /// The property as the label of an argument, where keywords need no backticks, except for these three.
  var label: String {
    let isPlain = property.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
    return isPlain && !["inout", "let", "var"].contains(property) ? property : identifier
  }
  /// The column's name in the database.
  var name: String
  /// The Swift type as written, with `Self` replaced by the model.
  var type: String
  /// Whether the type is written as an optional.
  var isOptional: Bool
  /// The property's initial value, as source.
  var initialValue: String?
  /// The property's access.
  var access: Access
  /// What `@Column` says.
  var attribute: ColumnAttribute

  /// Whether it is part of the primary key.
  var isPrimaryKey: Bool { attribute.has("primaryKey") }
  /// Whether an insert may leave it to the database.
  var isFilledByDatabase: Bool { attribute.has("generated") || attribute.defaultValue != nil }
  /// Whether the database computes it from others, so that nothing ever writes it.
  var isComputed: Bool { attribute.has("computed") }
}
