internal import Synchronization

/// Which lanes of a driver have connections left for a task that may use any of them.
///
/// A transaction or a stream keeps its connection for long, and connections belong to one lane for life: a task that
/// queued behind them could wait while another lane's connections are free. Statements that run alone are over soon and
/// are not counted.
public final class LaneHolds: Sendable {
  private final class Share: Sendable {
    let capacity: Int
    let held = Atomic<Int>(0)

    init(_ capacity: Int) { self.capacity = capacity }

    var isFull: Bool { held.load(ordering: .relaxed) >= capacity }
  }

  private let shares: [Share]

  /// Creates the counts for lanes with so many connections each.
  public init(_ capacities: [Int]) { shares = capacities.map { Share($0) } }

  /// `lane`, unless all of its connections are held and another lane's are not.
  @inline(__always) public func choose(_ lane: Int) -> Int {
    guard shares.indices.contains(lane), shares[lane].isFull else { return lane }
    return free ?? lane
  }

  private var free: Int? { shares.firstIndex { !$0.isFull } }

  /// A connection of the lane is about to be held, or waited for.
  public func hold(_ lane: Int) {
    if shares.indices.contains(lane) { shares[lane].held.add(1, ordering: .relaxed) }
  }

  /// It is held no more.
  public func release(_ lane: Int) {
    if shares.indices.contains(lane) { shares[lane].held.subtract(1, ordering: .relaxed) }
  }
}
