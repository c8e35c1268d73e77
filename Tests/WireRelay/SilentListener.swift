import Foundation
import Synchronization

/// Takes connections on 127.0.0.1, and says nothing.
public final class SilentListener: Sendable {
  /// Where it listens.
  public let port: Int
  private let descriptor: Int32
  private let isOpen = Mutex(true)

  /// Begins to listen.
  public init() throws {
    (descriptor, port) = try Self.listenAnywhere()
  }

  deinit { close() }

  /// Takes no more connections, and drops those nobody has taken.
  public func close() {
    isOpen.withLock { isOpen in
      if isOpen { _ = Foundation.close(descriptor) }
      isOpen = false
    }
  }

  /// Waits until somebody connects.
  public func waitForSomebody() async {
    var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    while poll(&waiting, 1, 0) == 0 { try? await Task.sleep(for: .milliseconds(2)) }
  }

  /// A socket that listens on a port nobody else has.
  static func listenAnywhere() throws -> (descriptor: Int32, port: Int) {
    #if canImport(Darwin)
    let descriptor = socket(AF_INET, SOCK_STREAM, 0)
    #else
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #endif
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        bind(descriptor, pointer, size) == 0 && listen(descriptor, 8) == 0
          && getsockname(descriptor, pointer, &size) == 0
      }
    }
    guard isBound else { throw CannotListen() }
    return (descriptor, Int(UInt16(bigEndian: address.sin_port)))
  }
}

/// It could not listen.
public struct CannotListen: Error {}
