import RowanCore
import Testing

@testable import RowanMySQL

/// Rows of bytes that no server would send: a decoder may refuse them, and must not read past them.
@Suite(.enabled(if: TestDatabase.isRequired))
struct RowBytesTests {
  /// One column of every kind.
  private static let columns = """
    a TINYINT, b TINYINT UNSIGNED, c SMALLINT, d SMALLINT UNSIGNED, e MEDIUMINT, f INT, g INT UNSIGNED, h BIGINT,
    i BIGINT UNSIGNED, j FLOAT, k DOUBLE, l DECIMAL(30, 10), m DECIMAL(18, 0), n DATE, o DATETIME(6), p TIMESTAMP NULL,
    q TIME(6), r YEAR, s CHAR(10), t VARCHAR(100), u TEXT, v BLOB, w BINARY(16), x JSON, y BIT(9), z ENUM('a', 'b'),
    aa SET('a', 'b'), ab UUID, ac INET6, ad GEOMETRY
    """

  private final class Row: MySQLRowReading {}

  @Test func brokenBytes() async throws {
    try await TestDatabase.withDriver(pool: PoolOptions(maxConnections: 1)) { driver in
      try await driver.withTable(Self.columns) { table in
        let all = Statements.compiled("SELECT * FROM \(table)", access: .read)
        try await driver.withConnection(Lease(access: .read)) { lent in
          let connection = try #require(lent as? MySQLConnection)
          try await connection.run(DriverCall(all, [])) { _ in }
          try await connection.onLane("test") {
            let statement = connection.cache.find(all)
            Self.read(Row(try #require(statement).plan))
          }
        }
      }
    }
  }

  private static func read(_ rows: Row) {
    var random = SystemRandomNumberGenerator()
    var taken = 0
    for _ in 0..<10_000 {
      let count = Int.random(in: 0...240, using: &random)
      // Exactly as long as claimed, so that the address sanitizer sees any step beyond.
      let bytes = UnsafeMutableRawPointer.allocate(byteCount: max(1, count), alignment: 1)
      defer { bytes.deallocate() }
      let small = Bool.random(using: &random)
      for index in 0..<count {
        let byte: UInt8
        switch index {
        case 0: byte = 0
        // Most columns have no value, so that some rows come to their end.
        case ...rows.plan.headerLength:
          byte = .random(in: .min ... .max, using: &random) | .random(in: .min ... .max, using: &random)
        default: byte = small ? .random(in: 0...12, using: &random) : .random(in: .min ... .max, using: &random)
        }
        bytes.storeBytes(of: byte, toByteOffset: index, as: UInt8.self)
      }
      guard (try? rows.fill(bytes, count)) != nil else { continue }
      taken += 1
      for column in 0..<rows.columnCount { _ = Seen(rows.cells[column]) }
    }
    #expect(taken > 0, "no row was taken: nothing behind the length was read")
  }
}
