extension SchemaSession {
  /// Runs `body` in a transaction on this connection, with everything around it that `hooks` ask for.
  /// - Throws: ``RowanError/Code/unsupported`` where a setting does not take effect, the code of a check that finds
  ///   violations, and whatever `body` throws. Nothing is changed then, and the settings are as they were.
  package func transaction<R: Sendable>(
    hooks: MigrationHooks, _ options: TransactionOptions = TransactionOptions(access: .write),
    file: StaticString = #fileID, line: UInt = #line, _ body: @Sendable (Transaction) async throws -> R
  ) async throws -> R {
    var former: [(setting: ConnectionSetting, value: String)] = []
    let result: R
    do {
      for setting in hooks.settings {
        guard let value = try await text(setting.query) else { throw refused(setting) }
        former.append((setting, value))
        if value != setting.value { try await make(setting, setting.value) }
      }
      result = try await transaction(options, file: file, line: line) { transaction in
        let asides = try await transaction.putAside(hooks)
        let result = try await body(transaction)
        for statement in asides { try await transaction.run(text: statement) }
        try await transaction.finish(hooks)
        return result
      }
    } catch {
      try? await restore(former)
      throw error
    }
    try await restore(former)
    return result
  }

  private func make(_ setting: ConnectionSetting, _ value: String) async throws {
    try await run(text: setting.assignment + value)
    guard try await text(setting.query) == value else { throw refused(setting) }
  }

  /// Makes the settings what they were, in a task of its own: in one that is cancelled nothing runs any more, and whoever
  /// has the connection next would go on with a migration's.
  private func restore(_ former: [(setting: ConnectionSetting, value: String)]) async throws {
    try await Task {
      var failure: (any Error)?
      for (setting, value) in former {
        do {
          try await make(setting, value)
        } catch {
          failure = failure ?? error
        }
      }
      if let failure { throw failure }
    }.value
  }

  private func refused(_ setting: ConnectionSetting) -> RowanError {
    .unsupported(
      "a migration without the setting '\(setting.name)'", dialect: dialect.name,
      alternative: "run it on a connection that takes the setting")
  }
}

extension Transaction {
  /// Takes away what is in the way of a migration.
  /// - Returns: the statements that put it back, in order.
  fileprivate func putAside(_ hooks: MigrationHooks) async throws -> [String] {
    guard let query = hooks.asides else { return [] }
    var restoring: [String] = []
    for row in try await rows(text: query) {
      guard row.count == 2, let removal = row[0], let restoration = row[1] else { continue }
      try await run(text: removal)
      restoring.append(restoration)
    }
    return restoring
  }

  fileprivate func finish(_ hooks: MigrationHooks) async throws {
    for statement in hooks.beforeCommit { try await run(text: statement) }
    for check in hooks.checks {
      let found = try await rows(text: check.query).compactMap { $0.first ?? nil }
      if found.isEmpty { continue }
      let shown = found.prefix(5).joined(separator: ", ") + (found.count > 5 ? ", …" : "")
      throw RowanError(check.code, "\(check.message): \(shown)", hint: check.hint)
    }
  }

  /// The rows of a query whose text is known at run time only, as text.
  package func rows(text: String) async throws -> [[String?]] {
    let call = core.oneOff(text)
    return try await state.use(token) { connection in
      try await connection.run(call) { source in
        var rows: [[String?]] = []
        while try source.next() {
          let row = try (0..<source.columnCount).map { try Self.text(source.cells[$0]) }
          rows.append(row)
        }
        return rows
      }
    }
  }

  private static func text(_ cell: Cell) throws -> String? {
    switch cell.tag {
    case .int: return String(Int64(bitPattern: cell.bits))
    case .double: return Double(bitPattern: cell.bits).description
    default:
      return try withUnsafePointer(to: cell) { pointer in
        var reader = RowReader(cells: pointer, count: 1)
        let text = try String?.read(&reader)
        if let failure = reader.failure { throw failure }
        return text
      }
    }
  }
}
