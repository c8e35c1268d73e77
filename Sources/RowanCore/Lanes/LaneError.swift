/// What can go wrong on a lane itself, as opposed to on the connection that it serves.
public enum LaneError: Error, Sendable, Hashable {
  /// The lane's group was closed.
  case closed
  /// The file descriptor's source was closed while, or before, a task waited for it.
  case sourceClosed
  /// The deadline passed before the file descriptor became ready.
  case deadlineExceeded
  /// Another task already waits for this source: a connection serves one waiter at a time.
  case alreadyWaiting
  /// The call must be made on the lane's own thread.
  case notOnLane
  /// A system call failed with this `errno`.
  case system(operation: StaticOperation, errno: Int32)

  /// The system facility that failed.
  public enum StaticOperation: String, Sendable, Hashable {
    /// Starting a thread.
    case startThread
    /// Creating the readiness queue.
    case openPoller
    /// Registering or changing a file descriptor.
    case register
  }
}
