import ArgumentParser

/// The flags of commands that take the lock of the migrations.
struct LockOptions: ParsableArguments {
  @Option(name: .long, help: "Seconds to wait for another runner (ROWAN_LOCK_WAIT; default: 30).")
  var lockWait: Int?
}

/// The flags of commands that run migrations.
struct RunOptions: ParsableArguments {
  @OptionGroup var lock: LockOptions

  @Option(name: .long, help: "On drift: error, warn or ignore (ROWAN_DRIFT; default: error).")
  var drift: String?

  @Option(name: .long, help: "A server on which databases for comparison may be made (ROWAN_SCRATCH_URL).")
  var scratchUrl: String?

  @Flag(name: .long, help: "Run files that say REVIEWED: false: for development (ROWAN_DEVELOPMENT).")
  var allowUnreviewed = false

  @Flag(name: .long, help: "Apply migrations that are older than applied ones.")
  var allowOutOfOrder = false

  @Flag(name: .long, help: "Take back migrations whose data does not come back.")
  var allowIrreversible = false

  func set(_ flags: inout SettingFlags) {
    flags.lockWait = lock.lockWait
    flags.drift = drift
    flags.scratchURL = scratchUrl
    flags.allowsUnreviewed = allowUnreviewed
  }

  var run: RunFlags { RunFlags(allowsOutOfOrder: allowOutOfOrder, allowsIrreversible: allowIrreversible) }
}
