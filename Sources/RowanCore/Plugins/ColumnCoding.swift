/// What happens to the values of one column: the codecs of every plugin that has one for it, in the order in which the
/// plugins are installed. Reading applies them from the last to the first.
struct ColumnCoding: Sendable {
  let namespace: String?
  let table: String
  let column: String
  /// Never empty.
  let codecs: [any ColumnCodec]
  let storedType: SQLType
  let isDeterministic: Bool

  /// Whether `other` is the same column's, so that both stored forms mean the same.
  func isSame(as other: ColumnCoding) -> Bool {
    table == other.table && column == other.column && namespace == other.namespace
  }

  /// Whether it is that of `coded`.
  func applies(to coded: CodedColumn) -> Bool {
    table == coded.table.name && column == coded.column.name && namespace == coded.table.namespace
  }

  /// The stored form of `value`.
  func encode(_ value: SQLValue) throws -> SQLValue {
    var value = value
    for codec in codecs {
      if value.isNull { return value }
      do throws(CodecFailure) {
        value = try codec.encode(value)
      } catch {
        throw failure(.encodingFailed, "a value could not be encoded", error)
      }
      if case .invalid(let invalid) = value {
        throw failure(.encodingFailed, "a value could not be encoded", CodecFailure(invalid.reason))
      }
    }
    return value
  }

  /// The stored forms of a list's elements, as a list.
  func encode(list value: SQLValue) throws -> SQLValue {
    guard case .array(let list) = value else {
      throw RowanError.internalFailure("the codec of a column did not find the list of values to encode")
    }
    var out = ContiguousArray<SQLValue>()
    out.reserveCapacity(list.values.count)
    for element in list.values { out.append(try encode(element)) }
    return .array(SQLArray(element: storedType, values: out))
  }

  /// The value whose stored form is `stored`.
  func decode(_ stored: SQLValue) throws -> SQLValue {
    var value = stored
    for codec in codecs.reversed() {
      if value.isNull { return value }
      do throws(CodecFailure) {
        value = try codec.decode(value)
      } catch {
        throw failure(.decodingFailed, "a stored value could not be decoded", error)
      }
    }
    return value
  }

  func failure(_ code: RowanError.Code, _ what: String, _ cause: CodecFailure) -> RowanError {
    RowanError(
      code, "column '\(column)' of '\(table)' has a codec: \(what): \(cause.reason)",
      hint: "see whether the column holds what its codec wrote, and whether its keys are at hand",
      server: ServerReport(table: table, columns: [column]), cause: cause)
  }

  /// The error for a use of the column that its codec does not allow.
  func refused(_ use: String) -> RowanError {
    RowanError(
      .codedColumn, "column '\(column)' of '\(table)' has a codec and cannot be \(use)",
      hint: "the database holds its encoded form only; read the column and do this in Swift",
      server: ServerReport(table: table, columns: [column]))
  }
}

/// Asks plugins for the codecs of a table's columns.
struct CodecLookup {
  let plugins: [any DatabasePlugin]

  /// The codings of `table`'s columns, by index; nil where no column has one.
  func codings(of table: TableSchema) throws -> CodedTable? {
    var codings: [Int: ColumnCoding] = [:]
    var owners: [Int: [CodedColumn]] = [:]
    for index in table.columns.indices {
      let column = table.columns[index]
      // A plugin sees the column as those before it store it.
      var stored = column
      var codecs: [any ColumnCodec] = []
      for (place, plugin) in plugins.enumerated() {
        guard let codec = try codec(of: plugin, stored, table) else { continue }
        try check(codec, plugin, column, table)
        stored.type = codec.storedType
        codecs.append(codec)
        owners[place, default: []].append(CodedColumn(table: table, column: column))
      }
      if codecs.isEmpty { continue }
      codings[index] = ColumnCoding(
        namespace: table.namespace, table: table.name, column: column.name, codecs: codecs, storedType: stored.type,
        isDeterministic: codecs.allSatisfy(\.isDeterministic))
    }
    return codings.isEmpty ? nil : CodedTable(table, codings, owners)
  }

  private func codec(
    of plugin: any DatabasePlugin, _ column: ColumnSchema, _ table: TableSchema
  ) throws -> (any ColumnCodec)? {
    do {
      return try plugin.codec(for: column, of: table)
    } catch let error as RowanError {
      throw error
    } catch {
      throw RowanError(
        .pluginFailed, "the plugin '\(plugin.name)' has no codec for column '\(column.name)' of '\(table.name)'",
        server: ServerReport(table: table.name, columns: [column.name]), cause: error)
    }
  }

  private func check(
    _ codec: any ColumnCodec, _ plugin: any DatabasePlugin, _ column: ColumnSchema, _ table: TableSchema
  ) throws {
    let reason: String
    switch codec.storedType {
    case .array, .custom: reason = "the codec stores an array or a type of one engine; store bytes or text"
    default:
      if column.isGenerated {
        reason = "the database makes its values, which would be stored as they are; generate them in Swift"
      } else if column.defaultValue != nil {
        reason = "the database fills in its default, which would be stored as it is; set the value in Swift"
      } else {
        return
      }
    }
    throw RowanError(
      .codedColumn,
      "column '\(column.name)' of '\(table.name)' cannot have the codec of the plugin '\(plugin.name)': \(reason)",
      server: ServerReport(table: table.name, columns: [column.name]))
  }
}

/// A table some of whose columns have codecs.
struct CodedTable {
  /// By the column's index.
  let codings: [Int: ColumnCoding]
  /// The columns, by the place of the plugin that gave the codec.
  let owners: [Int: [CodedColumn]]
  /// The table as the database has it.
  let stored: TableSchema

  init(_ table: TableSchema, _ codings: [Int: ColumnCoding], _ owners: [Int: [CodedColumn]]) {
    self.codings = codings
    self.owners = owners
    var columns = table.columns
    for (index, coding) in codings { columns[index].type = coding.storedType }
    stored = TableSchema(
      table.name, namespace: table.namespace, columns: columns, primaryKey: table.keyConstraint, indexes: table.indexes,
      uniques: table.uniques, checks: table.checks, foreignKeys: table.foreignKeys, comment: table.comment,
      renamedFrom: table.renamedFrom)
  }
}
