import BenchmarkModels
import RowanCore

/// `pgbench -S` through Rowan: the balance of one account after another.
struct RowanAccounts {
  let db: Database

  func selectOnly(tasks: Int) -> Subject {
    let db = db
    return Subject(.rowan) { operations, _ in
      try await TaskCrew.run(tasks, db) { worker in
        var tally = Tally(thorough: false)
        for index in stride(from: worker, to: operations, by: tasks) {
          let key = Int32(truncatingIfNeeded: Samples.key(index, of: PgbenchProgram.accounts))
          let balance = try await Account.where { $0.id == key }.select { $0.balance }.fetchFirst(db)
          if let balance, let balance { tally.add(Int64(balance)) }
        }
        return tally.value
      }
    }
    .onClose { await db.close() }
  }
}
