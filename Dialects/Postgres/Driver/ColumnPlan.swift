internal import CPostgres
internal import RowanCore

/// How the columns of one statement's results are read. Made once per prepared statement: a statement whose columns
/// change fails with "cached plan must not change result type".
final class ColumnPlan {
  let forms: ContiguousArray<ColumnForm>
  let oids: ContiguousArray<UInt32>
  let names: ContiguousArray<String>
  let typeNames: ContiguousArray<String>

  /// Types that have to be looked up before a plan can be made.
  struct Missing: Error {
    var oids: Set<UInt32>
  }

  init(_ result: OpaquePointer, _ steps: [ResultStep], _ catalog: TypeCatalog) throws(Missing) {
    var forms = ContiguousArray<ColumnForm>()
    var oids = ContiguousArray<UInt32>()
    var names = ContiguousArray<String>()
    var typeNames = ContiguousArray<String>()
    var missing = Set<UInt32>()
    for column in 0..<Swift.max(0, PQnfields(result)) {
      let oid = PQftype(result, column)
      oids.append(oid)
      names.append(PQfname(result, column).map { String(cString: $0) } ?? "")
      let index = Int(column)
      let type = index < steps.count ? steps[index].type : nil
      if let form = ColumnForm(oid: oid) {
        forms.append(form.read(as: type))
        typeNames.append(TypeOID.names[oid] ?? "type \(oid)")
      } else if let entry = catalog.entry(oid) {
        var form = ColumnForm(entry.kind)
        form.element = entry.element
        forms.append(form.read(as: type))
        typeNames.append(entry.name)
      } else {
        missing.insert(oid)
      }
    }
    if !missing.isEmpty { throw Missing(oids: missing) }
    self.forms = forms
    self.oids = oids
    self.names = names
    self.typeNames = typeNames
  }

  /// Whether the columns of `result` are those of the plan.
  func describes(_ result: OpaquePointer) -> Bool {
    guard Int(PQnfields(result)) == oids.count else { return false }
    for index in oids.indices where PQftype(result, Int32(index)) != oids[index] { return false }
    return true
  }
}
