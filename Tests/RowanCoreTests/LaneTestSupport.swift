import Synchronization

@testable import RowanCore

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Two connected, non-blocking descriptors.
final class SocketPair: Sendable {
  let left: Int32
  let right: Int32

  init() {
    var fds: [Int32] = [-1, -1]
    #if canImport(Glibc)
    let type = Int32(SOCK_STREAM.rawValue)
    #else
    let type = SOCK_STREAM
    #endif
    _ = socketpair(AF_UNIX, type, 0, &fds)
    (left, right) = (fds[0], fds[1])
    for fd in fds { _ = fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK) }
  }

  /// What the other side sees when this one goes, without freeing the descriptor for another test.
  func hangUpRight() { _ = shutdown(right, Int32(SHUT_RDWR)) }

  deinit {
    _ = close(left)
    _ = close(right)
  }
}

/// Writes one byte.
@discardableResult
func sendByte(_ fd: Int32, _ byte: UInt8 = 1) -> Bool {
  withUnsafeBytes(of: byte) { write(fd, $0.baseAddress, 1) == 1 }
}

/// Reads one byte, nil if there is none.
func receiveByte(_ fd: Int32) -> UInt8? {
  var byte: UInt8 = 0
  return read(fd, &byte, 1) == 1 ? byte : nil
}

/// Writes until the socket's buffer is full.
func fill(_ fd: Int32) {
  let block = [UInt8](repeating: 0, count: 4096)
  while write(fd, block, block.count) > 0 {}
}

func sleepBlocking(milliseconds: UInt32) { usleep(milliseconds * 1000) }

/// Runs `body` with lanes that are closed afterwards.
nonisolated(nonsending) func withLanes<R>(
  _ count: Int = 1, stalled: (@Sendable (LaneStall) -> Void)? = nil, _ body: (LaneGroup) async throws -> R
) async throws -> R {
  let group = try LaneGroup(.init(count: count, laneStalled: stalled))
  do {
    let result = try await body(group)
    await group.close()
    return result
  } catch {
    await group.close(grace: .zero)
    throw error
  }
}

/// Waits for a condition that another thread brings about.
nonisolated(nonsending) func eventually(_ condition: () async -> Bool) async -> Bool {
  for _ in 0..<2000 {
    if await condition() { return true }
    try? await Task.sleep(for: .milliseconds(2))
  }
  return false
}

/// A log that any thread can append to.
final class Log<Element: Sendable>: Sendable {
  private let entries = Mutex<[Element]>([])
  func append(_ element: Element) { entries.withLock { $0.append(element) } }
  var all: [Element] { entries.withLock { $0 } }
}
