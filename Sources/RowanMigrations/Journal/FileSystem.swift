#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif
import RowanCore

/// The calls on files that a crash-safe change is made of.
enum FileSystem {
  /// The names in a folder, in order; empty where it is missing.
  static func names(in folder: String) throws(RowanError) -> [String] {
    guard isFolder(folder) else { return [] }
    return try wrap("read", folder) { try FileManager.default.contentsOfDirectory(atPath: folder) }.sorted()
  }

  static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// A file's bytes; nil where it is missing.
  static func read(_ path: String) throws(RowanError) -> [UInt8]? {
    guard exists(path), !isFolder(path) else { return nil }
    guard let data = FileManager.default.contents(atPath: path) else {
      throw RowanError(.ioFailed, "\(path) cannot be read", hint: "check its permissions")
    }
    return Array(data)
  }

  /// Makes a folder and those above it.
  static func makeFolder(_ path: String) throws(RowanError) {
    try wrap("make", path) { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }
  }

  /// Removes a file or a folder with what is in it, if it is there.
  static func remove(_ path: String) throws(RowanError) {
    guard exists(path) else { return }
    try wrap("remove", path) { try FileManager.default.removeItem(atPath: path) }
  }

  /// Writes a file and waits until it is on the disk.
  static func write(_ bytes: [UInt8], to path: String) throws(RowanError) {
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw failure("write", path, errno) }
    defer { close(file) }
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        #if canImport(Darwin)
        Darwin.write(file, buffer.baseAddress?.advanced(by: written), buffer.count - written)
        #elseif canImport(Glibc)
        Glibc.write(file, buffer.baseAddress?.advanced(by: written), buffer.count - written)
        #else
        Musl.write(file, buffer.baseAddress?.advanced(by: written), buffer.count - written)
        #endif
      }
      if count < 0 {
        if errno == EINTR { continue }
        throw failure("write", path, errno)
      }
      written += count
    }
    guard fsync(file) == 0 else { throw failure("write", path, errno) }
  }

  /// Puts `old` in the place of `new`, at once.
  static func move(_ old: String, to new: String) throws(RowanError) {
    guard rename(old, new) == 0 else { throw failure("rename", old, errno) }
  }

  /// Runs `body` while no other process or task is in a call with the same folder. A crash lets go of it.
  static func locked<Value>(_ folder: String, _ body: () throws(RowanError) -> Value) throws(RowanError) -> Value {
    let file = open(folder, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw failure("lock", folder, errno) }
    defer { close(file) }
    while flock(file, LOCK_EX) != 0 {
      guard errno == EINTR else { throw failure("lock", folder, errno) }
    }
    return try body()
  }

  /// Waits until the names in a folder are on the disk.
  static func sync(folder: String) throws(RowanError) {
    let file = open(folder, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw failure("sync", folder, errno) }
    defer { close(file) }
    // Some file systems cannot sync a folder and say EINVAL; their names need none.
    guard fsync(file) == 0 || errno == EINVAL else { throw failure("sync", folder, errno) }
  }

  private static func wrap<Value>(
    _ verb: String, _ path: String, _ call: () throws -> Value
  ) throws(RowanError) -> Value {
    do {
      return try call()
    } catch {
      throw RowanError(
        .ioFailed, "cannot \(verb) \(path)", hint: "check that it exists and its permissions", cause: error)
    }
  }

  private static func failure(_ verb: String, _ path: String, _ number: Int32) -> RowanError {
    let reason = strerror(number).map { String(cString: $0) } ?? "error \(number)"
    let isFull = number == ENOSPC || number == EDQUOT
    return RowanError(
      isFull ? .diskFull : .ioFailed, "cannot \(verb) \(path): \(reason)",
      hint: isFull ? "free some space" : "check that it exists and its permissions")
  }
}
