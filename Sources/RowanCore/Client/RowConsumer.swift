/// Reads rows for the caller, and names what failed to decode.
enum RowConsumer {
  static func read<R>(
    _ source: RowSource, _ compiled: Compiled, _ consume: (RowSource) throws -> R
  ) throws -> R {
    // A driver may use one source for every run of a prepared statement.
    source.rowsRead = 0
    do {
      guard let coding = compiled.coding, !coding.results.isEmpty else { return try consume(source) }
      let decoded = DecodingRows(source, coding.results)
      defer { source.rowsRead = decoded.rowsRead }
      return try consume(decoded)
    } catch let failure as DecodeFailure {
      throw DecodingReport.error(failure, compiled, source)
    }
  }
}

/// Turns a column index into a message that names table, column, Swift type and wire type.
enum DecodingReport {
  static func error(_ failure: DecodeFailure, _ compiled: Compiled, _ source: RowSource) -> RowanError {
    let step = compiled.results.indices.contains(failure.column) ? compiled.results[failure.column] : nil
    let name = step?.name ?? engineName(failure.column, source)
    var place = step?.name.map { "column '\($0)'" } ?? "column \(failure.column + 1)"
    if let table = step?.table { place += " of '\(table)'" }
    // Of columns that only the engine names several may be called the same: '?column?'.
    if step?.name == nil, let name { place += ", '\(name)'," }
    let wire = source.wireType(failure.column).map { " (\($0))" } ?? ""
    let wanted = step?.swiftType.map { " as \($0)" } ?? ""
    let what =
      switch failure.reason {
      case .typeMismatch: "holds \(failure.found)\(wire), which cannot be read\(wanted)"
      case .unexpectedNull: "is NULL\(wire), but is read\(wanted.isEmpty ? " as a value that is not optional" : wanted)"
      case .outOfRange: "holds \(failure.found)\(wire) that does not fit when read\(wanted)"
      case .missingColumn:
        "is missing\(wanted.isEmpty ? "" : ", to be read\(wanted)"): the row has \(source.columnCount) columns"
      case .invalid(let rule): "holds \(failure.found)\(wire) that cannot be read\(wanted): \(rule)"
      }
    let hint =
      switch failure.reason {
      case .unexpectedNull: "make the property optional, or the column NOT NULL"
      case .missingColumn: "select every column of the model, in its order"
      default: "make the Swift type and the column type agree"
      }
    return RowanError(
      .decodingFailed, "\(place) \(what)", hint: hint,
      server: ServerReport(table: step?.table, columns: name.map { [$0] } ?? []), sql: compiled.sql, cause: failure)
  }

  /// What the engine calls a column, where it calls it anything.
  private static func engineName(_ column: Int, _ source: RowSource) -> String? {
    let names = source.columnNames
    guard names.indices.contains(column), !names[column].isEmpty else { return nil }
    return names[column]
  }
}
