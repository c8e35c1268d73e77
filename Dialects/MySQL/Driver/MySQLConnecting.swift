internal import RowanCore

/// Opening on a helper thread, with a limit that holds even where the library's own does not reach.
enum MySQLConnecting {
  static func open(_ opener: MySQLOpener, _ threads: BlockingThreads) async throws -> MySQLOpened {
    let limit = opener.configuration.pool.connectTimeout
    let race = MySQLRace<MySQLOpened>()
    // Dropping a connection that comes too late closes it.
    threads.submit { race.finish(Result { try opener.open() }) }
    let late = RowanError(
      .connectTimeout, "\(opener.configuration) did not answer within the connect timeout",
      hint: "check host, port and firewall, or raise connect-timeout")
    let timer = race.finish(.failure(late), after: limit)
    defer { timer.cancel() }
    return try await withTaskCancellationHandler {
      try await race.value()
    } onCancel: {
      race.finish(.failure(MySQLConnection.cancelledError(nil)))
    }
  }
}
