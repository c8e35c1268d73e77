import Foundation
import Synchronization

/// Stands between a driver and its server, and notes what the driver sends. For TCP without encryption.
public final class Relay: Sendable {
  /// What a driver has sent.
  public struct Traffic: Equatable, Sendable {
    /// How often it sent something after the server had, and so had waited for it.
    public var turns: Int
    /// A letter for each of its messages, as its ``MessageCutter`` gives them.
    public var messages: String

    public init(turns: Int = 0, messages: String = "") {
      self.turns = turns
      self.messages = messages
    }
  }

  private struct State {
    var traffic = Traffic()
    var serverSpokeLast = false
    var cut: (@Sendable ([UInt8]) -> Int?)?
  }

  /// Where it listens, on 127.0.0.1.
  public let port: Int
  private let listener: Int32
  private let makeCutter: @Sendable () -> any MessageCutter
  private let state = Mutex(State())

  #if canImport(Darwin)
  private static let stream = SOCK_STREAM
  #else
  private static let stream = Int32(SOCK_STREAM.rawValue)
  #endif

  /// Begins to listen for connections to `host`, whose messages `cutter` tells apart.
  public init(
    to host: String, port serverPort: Int, cutter: @autoclosure @escaping @Sendable () -> any MessageCutter
  ) throws {
    makeCutter = cutter
    (listener, port) = try SilentListener.listenAnywhere()
    let descriptor = listener
    Thread.detachNewThread { [self] in
      while true {
        let client = accept(descriptor, nil, nil)
        if client < 0 { break }
        Thread.detachNewThread { [self] in
          if let server = Self.dial(host, serverPort) {
            pump(client, server)
            close(server)
          }
          close(client)
        }
      }
      close(descriptor)
    }
  }

  /// Takes no more connections; those there are end with their driver.
  public func stop() { shutdown(listener, Int32(SHUT_RDWR)) }

  /// Hangs up once, in the middle of what the server says.
  /// - Parameter cut: given what the server has sent, how much of it still arrives; nil to let it pass.
  public func hangUp(after cut: @escaping @Sendable ([UInt8]) -> Int?) { state.withLock { $0.cut = cut } }

  /// What was sent since this was last asked.
  public func take() -> Traffic {
    state.withLock { state in
      defer { state.traffic = Traffic() }
      return state.traffic
    }
  }

  private static func dial(_ host: String, _ port: Int) -> Int32? {
    var hints = addrinfo()
    hints.ai_socktype = stream
    var found: UnsafeMutablePointer<addrinfo>?
    guard getaddrinfo(host, String(port), &hints, &found) == 0 else { return nil }
    defer { freeaddrinfo(found) }
    var next = found
    while let one = next?.pointee {
      let descriptor = socket(one.ai_family, one.ai_socktype, one.ai_protocol)
      if descriptor >= 0 {
        if connect(descriptor, one.ai_addr, one.ai_addrlen) == 0 { return descriptor }
        close(descriptor)
      }
      next = one.ai_next
    }
    return nil
  }

  /// Hands on what comes from either side, until one of them ends.
  private func pump(_ client: Int32, _ server: Int32) {
    // Whoever writes to a side that has gone is told by a signal otherwise, which would end the process.
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGPIPE)
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    var cutter = makeCutter()
    var buffer = [UInt8](repeating: 0, count: 65_536)
    var sides = [
      pollfd(fd: client, events: Int16(POLLIN), revents: 0), pollfd(fd: server, events: Int16(POLLIN), revents: 0),
    ]
    while true {
      if poll(&sides, nfds_t(sides.count), -1) < 0 {
        if errno == EINTR { continue }
        return
      }
      for side in sides where side.revents != 0 {
        var count = recv(side.fd, &buffer, buffer.count, 0)
        if count <= 0 { return }
        note(side.fd == client ? cutter.letters(buffer[..<count]) : nil)
        let limit = side.fd == server ? cut(buffer[..<count]) : nil
        if let limit { count = min(count, limit) }
        var sent = 0
        while sent < count {
          let more = buffer[sent..<count].withUnsafeBytes {
            send(side.fd == client ? server : client, $0.baseAddress, $0.count, 0)
          }
          if more <= 0 { return }
          sent += more
        }
        if limit != nil { return }
      }
    }
  }

  private func cut(_ bytes: ArraySlice<UInt8>) -> Int? {
    state.withLock { state in
      guard let found = state.cut?(Array(bytes)) else { return nil }
      state.cut = nil
      return found
    }
  }

  /// Before it is handed on, so that whoever has an answer finds the question noted.
  /// - Parameter letters: of the driver's messages; nil for what the server says.
  private func note(_ letters: String?) {
    state.withLock { state in
      if let letters {
        if state.serverSpokeLast { state.traffic.turns += 1 }
        state.traffic.messages += letters
      }
      state.serverSpokeLast = letters == nil
    }
  }
}
