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

/// What tests need another process for: one that dies in the middle of its migrations, or that is in the way.
///
/// `fault-runner URL FOLDER COMMAND POINT` runs migrations: the command is `latest` or `down`; the point is `none`, or
/// the number of the call to the database, from 1, before or after which the process kills itself: `before:3`,
/// `after:3`; `hold` takes the lock and waits.
///
/// `fault-runner lock URL SQL` holds the lock of a transaction: see ``LockedTransaction``.
@main struct FaultRunner {
  static func main() async {
    let arguments = Array(CommandLine.arguments.dropFirst())
    do {
      switch arguments.count {
      case 3 where arguments[0] == "lock": try await LockedTransaction.hold(arguments[1], arguments[2])
      case 4: try await migrate(arguments[0], folder: arguments[1], command: arguments[2], point: arguments[3])
      default: exit(64)
      }
    } catch {
      print("\(error)")
      exit(1)
    }
  }

  private static func migrate(_ url: String, folder: String, command: String, point: String) async throws {
    let database = try await Database.open(url: url, dialects: [.sqlite, .postgres, .mysql])
    let directory = try MigrationDirectory(root: folder, dialect: database.dialect.name)
    let adapter = DyingMigrations(DatabaseMigrations(database), point: point)
    // Whoever is killed leaves its lease behind, for which the next run has to wait.
    let lease = Duration.seconds(adapter.point.isHolding ? 20 : 1)
    let options = MigrationOptions(
      policy: MigrationPolicy(requiresReview: false, allowsIrreversible: true), lease: lease)
    let runs = try await Migrator(adapter, directory, options: options).run(command == "down" ? .down(1) : .latest)
    await database.close()
    print("done \(runs.map(\.statements).reduce(0, +))")
  }
}
