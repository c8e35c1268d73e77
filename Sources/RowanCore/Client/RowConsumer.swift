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
    let names = source.columnNames
    let name = step?.name ?? (names.indices.contains(failure.column) ? names[failure.column] : "#\(failure.column)")
    var place = "column '\(name)'"
    if let table = step?.table { place += " of '\(table)'" }
    let wire = source.wireType(failure.column).map { " (\($0))" } ?? ""
    let wanted = step?.swiftType.map { " as \($0)" } ?? ""
    let what =
      switch failure.reason {
      case .typeMismatch: "holds \(failure.found)\(wire), which cannot be read\(wanted)"
      case .unexpectedNull: "is NULL\(wire), but is read\(wanted.isEmpty ? " as a value that is not optional" : wanted)"
      case .outOfRange: "holds \(failure.found)\(wire) that does not fit when read\(wanted)"
      case .missingColumn: "is missing: the row has \(source.columnCount) columns"
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
      server: ServerReport(table: step?.table, columns: [name]), sql: compiled.sql, cause: failure)
  }
}
