import RowanCore
import RowanMigrations
import RowanMySQL
import RowanPostgres
import RowanSQLite

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Runs migrations and dies on the way, for tests of what is left then.
///
/// `fault-runner URL FOLDER COMMAND POINT`: the command is `latest` or `down`; the point is `none`, or the number of the
/// call to the database, from 1, before or after which the process kills itself: `before:3`, `after:3`; `hold` takes
/// the lock and waits.
@main struct FaultRunner {
  static func main() async {
    let arguments = CommandLine.arguments
    guard arguments.count == 5 else { exit(64) }
    do {
      let database = try await Database.open(url: arguments[1], dialects: [.sqlite, .postgres, .mysql])
      let directory = try MigrationDirectory(root: arguments[2], dialect: database.dialect.name)
      let adapter = DyingMigrations(DatabaseMigrations(database), point: arguments[4])
      // Whoever is killed leaves its lease behind, for which the next run has to wait.
      let lease = Duration.seconds(adapter.point.isHolding ? 20 : 1)
      let options = MigrationOptions(
        policy: MigrationPolicy(requiresReview: false, allowsIrreversible: true), lease: lease)
      let runs = try await Migrator(adapter, directory, options: options).run(
        arguments[3] == "down" ? .down(1) : .latest)
      await database.close()
      print("done \(runs.map(\.statements).reduce(0, +))")
    } catch {
      print("\(error)")
      exit(1)
    }
  }
}
