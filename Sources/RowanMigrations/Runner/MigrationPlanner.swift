import RowanCore

/// Chooses the runs of a command and checks each.
struct MigrationPlanner {
  let list: [MigrationStatus]
  let syntax: SQLScriptSyntax
  let policy: MigrationPolicy

  func steps(_ command: MigrationCommand) throws(RowanError) -> [MigrationPlan.Step] {
    switch command {
    case .latest: return try up(nil)
    case .up(let count): return try up(try checked(count))
    case .down(let count): return try down(Array(applied().prefix(try checked(count))))
    case .rollback: return try down(lastBatch())
    case .redo(let count):
      let back = Array(applied().prefix(try checked(count)))
      var steps = try down(back)
      for status in back.sorted(by: { $0.tag < $1.tag }) { steps.append(try step(status, .up, done: 0)) }
      return steps
    }
  }

  private func checked(_ count: Int) throws(RowanError) -> Int {
    guard count >= 1 else {
      throw RowanError(.invalidConfiguration, "\(count) migrations were asked for", hint: "ask for one or more")
    }
    return count
  }

  private func progress(_ status: MigrationStatus) -> MigrationProgress? {
    if case .unfinished(let progress) = status.verdict { progress } else { nil }
  }

  /// The migrations that are in the database, the last first.
  private func applied() -> [MigrationStatus] {
    list.filter { $0.row?.isInPlace == true }.sorted { left, right in
      let isLeftUnfinished = progress(left) != nil
      if isLeftUnfinished != (progress(right) != nil) { return isLeftUnfinished }
      let (leftBatch, rightBatch) = (left.row?.batch ?? 0, right.row?.batch ?? 0)
      return leftBatch == rightBatch ? left.tag > right.tag : leftBatch > rightBatch
    }
  }

  private func lastBatch() -> [MigrationStatus] {
    let applied = applied()
    let batch = applied.compactMap { $0.row?.batch }.max()
    return applied.filter { $0.row?.batch == batch || progress($0) != nil }
  }

  private func up(_ limit: Int?) throws(RowanError) -> [MigrationPlan.Step] {
    var steps: [MigrationPlan.Step] = []
    for status in list {
      guard let progress = progress(status) else { continue }
      steps.append(try resume(status, progress, .up))
    }
    for status in list where steps.count < limit ?? .max {
      switch status.verdict {
      case .pending: steps.append(try step(status, .up, done: 0))
      case .outOfOrder(let later):
        guard policy.allowsOutOfOrder else {
          throw RowanError(
            .migrationOutOfOrder, "\(status.tag) is not applied, but the later \(later) is",
            hint: "rebase it: rowan migrate rebase; or allow migrations out of order")
        }
        steps.append(try step(status, .up, done: 0))
      default: break
      }
    }
    return steps
  }

  private func down(_ statuses: [MigrationStatus]) throws(RowanError) -> [MigrationPlan.Step] {
    // An interrupted run that is not among those asked for would be in the way of all of them.
    for status in list {
      if let progress = progress(status), progress.direction == .up { throw unfinished(status, progress, .down) }
    }
    var steps: [MigrationPlan.Step] = []
    for status in statuses {
      if let progress = progress(status) {
        steps.append(try resume(status, progress, .down))
      } else {
        steps.append(try step(status, .down, done: 0))
      }
    }
    return steps
  }

  private func resume(
    _ status: MigrationStatus, _ progress: MigrationProgress, _ direction: MigrationDirection
  ) throws(RowanError) -> MigrationPlan.Step {
    guard progress.direction == direction else { throw unfinished(status, progress, direction) }
    return try step(status, direction, done: progress.applied)
  }

  private func unfinished(
    _ status: MigrationStatus, _ progress: MigrationProgress, _ direction: MigrationDirection
  ) -> RowanError {
    RowanError(
      .migrationUnfinished,
      "\(status.tag) stopped after \(progress.applied) of \(progress.total) statements of its "
        + "\(progress.direction.rawValue).sql; nothing can run \(direction.rawValue) from there",
      hint: "finish it first with rowan migrate \(progress.direction == .up ? "latest" : "down"), or settle it with "
        + "rowan migrate repair")
  }

  private func step(
    _ status: MigrationStatus, _ direction: MigrationDirection, done: Int
  ) throws(RowanError) -> MigrationPlan.Step {
    guard let file = status.file else {
      throw RowanError(.appliedMigrationMissing, "\(status.tag) is not among the files")
    }
    let script = direction == .up ? try file.up(syntax) : try file.down(syntax)
    guard script.isReviewed || !policy.requiresReview else {
      throw RowanError(
        .migrationNotReviewed, "\(status.tag)/\(direction.rawValue).sql says REVIEWED: false",
        hint: "read it, change the line to -- REVIEWED: true, and commit that")
    }
    if direction == .down, !policy.allowsIrreversible, let reason = script.irreversible.first {
      throw RowanError(
        .migrationIrreversible, "\(status.tag) cannot be taken back whole: \(reason)",
        hint: "restore a backup, or allow irreversible steps to get the schema back without the data")
    }
    return MigrationPlan.Step(file: file, direction: direction, script: script, done: done)
  }
}
