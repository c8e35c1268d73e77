extension LaneGroup {
  /// The lanes of a driver, whose stalls are reported from the first listener on: the watchdog is a thread that wakes
  /// many times a second.
  /// - Parameters:
  ///   - count: how many lanes; nil for one per core.
  ///   - connections: how many connections there can be: a lane without one is of no use.
  ///   - observer: who is told of stalls.
  public static func observed(
    count: Int?, connections: Int, by observer: ConnectionObserver
  ) throws(LaneError) -> LaneGroup {
    var configuration = LaneGroupConfiguration(count: count) { stall in observer.laneStalled(stall) }
    configuration.count = Swift.min(configuration.count, Swift.max(1, connections))
    configuration.watchesAtOnce = false
    let lanes = try LaneGroup(configuration)
    observer.whenHeard { [weak lanes] in lanes?.watch() }
    return lanes
  }
}
