import RowanMigrations

/// What the code would change, for `diff` and `generate --check`.
struct DifferenceReport {
  let session: Session
  let engines: [(engine: SchemaComparison.Engine, migration: GeneratedMigration?)]

  func report() -> CommandReport {
    var report = CommandReport()
    var list: [JSONValue] = []
    for (engine, migration) in engines {
      let name = engine.generator.dialect.name
      let differences = migration?.diff.differences ?? []
      if differences.isEmpty {
        report.line("\(name): \(session.style.good("no differences"))")
      } else {
        report.status = .differences
        report.line("\(name):")
        for difference in differences { report.line("  \(session.style.colored(difference))") }
        for loss in migration?.losses ?? [] { report.line("  \(session.style.bad("loses")) \(loss)") }
      }
      list.append(
        .members([
          ("dialect", .string(name)), ("changes", .array(differences.map(\.json))),
          ("losses", .strings(migration?.losses ?? [])), ("unverified", .strings(migration?.diff.unverified ?? [])),
        ]))
    }
    report.field("dialects", .array(list))
    return report
  }
}

extension SchemaDifference {
  var json: JSONValue {
    var members: [(String, JSONValue)] = [("kind", .string(kind.rawValue)), ("object", .string(object))]
    if let detail { members.append(("detail", .string(detail))) }
    return .members(members)
  }
}

extension TextStyle {
  func colored(_ difference: SchemaDifference) -> String {
    switch difference.kind {
    case .added: good("\(difference)")
    case .removed: bad("\(difference)")
    case .changed: warning("\(difference)")
    }
  }
}
