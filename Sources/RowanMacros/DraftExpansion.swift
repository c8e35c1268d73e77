/// Writes the struct an insert takes.
struct DraftExpansion {
  let model: TableModel

  var source: String {
    let columns = model.columns.filter { !$0.isComputed }
    let properties = columns.map { "    \(model.prefix($0))var \($0.identifier): \(type($0))" }
    let assignments = columns.map { "      self.\($0.identifier) = \($0.identifier)" }
    let writes = model.columns.enumerated().filter { !$0.element.isComputed }.map { index, column in
      let call = column.isFilledByDatabase ? "setIfPresent" : "set"
      return "      row.\(call)(\(index), self.\(column.identifier))"
    }
    // As with Swift's own memberwise initialisers, the least visible property decides.
    let least = columns.min { $0.access < $1.access }
    return """
        \(model.prefix)struct Draft: RowanCore.TableDraft {
          \(model.prefix)typealias Model = \(model.typeName)
      \(properties.joined(separator: "\n"))
          \(least.map(model.prefix) ?? model.prefix)init(\(parameters)) {
      \(assignments.joined(separator: "\n"))
          }
          \(model.prefix)func encode(into row: inout RowanCore.RowEncoder) {
      \(writes.joined(separator: "\n"))
          }
        }
      """
  }

  private var parameters: String {
    let parameters = model.columns.filter { !$0.isComputed }.map(parameter)
    if parameters.count < 4 { return parameters.joined(separator: ", ") }
    return "\n      " + parameters.joined(separator: ",\n      ") + "\n    "
  }

  private func type(_ column: ColumnModel) -> String {
    column.isFilledByDatabase ? "\(column.type)?" : column.type
  }

  private func parameter(_ column: ColumnModel) -> String {
    let parameter = "\(column.identifier): \(type(column))"
    if column.isFilledByDatabase { return "\(parameter) = nil" }
    if let value = column.initialValue { return "\(parameter) = \(value)" }
    return column.isOptional ? "\(parameter) = nil" : parameter
  }
}
