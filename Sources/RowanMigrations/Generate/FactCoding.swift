public import RowanCore

extension JSONValue {
  /// A fact as `meta.json` keeps it: `{"kind": "column", "object": "users", "part": "email", "exists": true}`.
  init(_ fact: SchemaFact) {
    var members: [Member] = [Member("kind", .string(fact.kind.rawValue))]
    if let namespace = fact.object.namespace { members.append(Member("namespace", .string(namespace))) }
    members.append(Member("object", .string(fact.object.name)))
    if let part = fact.part { members.append(Member("part", .string(part))) }
    members.append(Member("exists", .bool(fact.exists)))
    self = .object(members)
  }
}

extension SchemaFact {
  /// Reads a fact of `meta.json`; nil for what is none.
  init?(_ value: JSONValue) {
    guard let kind = value["kind"]?.string.flatMap(Kind.init(rawValue:)), let object = value["object"]?.string,
      case .bool(let exists)? = value["exists"]
    else { return nil }
    self.init(
      kind, ObjectName(object, namespace: value["namespace"]?.string), value["part"]?.string, exists: exists)
  }
}

extension MigrationMeta.Statement {
  /// What holds once the statement has run and not before; nil where nobody knows, empty where running it again does
  /// no harm.
  public var facts: [SchemaFact]? {
    guard let list = post?.array else { return nil }
    let facts = list.compactMap { SchemaFact($0) }
    return facts.count == list.count ? facts : nil
  }
}

extension MigrationMeta {
  /// What a statement of a script brings about; nil for one written by hand, and for an index the script does not have.
  func facts(of index: Int, in script: MigrationScript, _ direction: MigrationDirection) -> [SchemaFact]? {
    guard script.steps.indices.contains(index) else { return nil }
    let hash = MigrationHash.hash(statement: script.steps[index].statement.text)
    return (direction == .up ? statements : downStatements).first { $0.sqlHash == hash }?.facts
  }
}
