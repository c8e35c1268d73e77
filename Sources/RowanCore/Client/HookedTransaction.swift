extension SchemaSession {
  /// Runs `body` in a transaction on this connection, with everything around it that `hooks` ask for.
  /// - Throws: ``RowanError/Code/unsupported`` where a setting does not take effect, the code of a check that finds
  ///   violations, and whatever `body` throws. Nothing is changed then, and the settings are as they were.
  package func transaction<R: Sendable>(
    hooks: MigrationHooks, _ options: TransactionOptions = TransactionOptions(access: .write),
    file: StaticString = #fileID, line: UInt = #line, _ body: @Sendable (HookedTransaction) async throws -> R
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
        let result = try await body(HookedTransaction(transaction: transaction, hooks: hooks))
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

/// The transaction of a migration, which runs what its hooks ask for around the migration's statements.
package struct HookedTransaction: Sendable {
  /// The transaction, for what is no statement of the migration.
  package let transaction: Transaction
  private let hooks: MigrationHooks
  private let progress = HookProgress()

  fileprivate init(transaction: Transaction, hooks: MigrationHooks) {
    self.transaction = transaction
    self.hooks = hooks
  }

  /// Runs the next statement of the migration.
  package func run(text: String) async throws {
    let index = await progress.begin()
    for aside in hooks.asides where aside.before == index {
      for row in try await transaction.rows(text: aside.query) {
        guard row.count == 2 else { continue }
        if let removal = row[0] { try await transaction.run(text: removal) }
        if let restoration = row[1] { await progress.keep(restoration, until: aside.after) }
      }
    }
    try await transaction.run(text: text)
    for restoration in await progress.kept(until: index) { try await transaction.run(text: restoration) }
  }
}

/// How far a migration is, and what was put aside for it.
private actor HookProgress {
  private var next = 0
  private var restorations: [Int: [String]] = [:]

  func begin() -> Int {
    defer { next += 1 }
    return next
  }

  func keep(_ restoration: String, until index: Int) { restorations[index, default: []].append(restoration) }

  func kept(until index: Int) -> [String] { restorations.removeValue(forKey: index) ?? [] }
}

extension Transaction {
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
    return try await state.send(token) { connection in
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
