import Testing

/// Importing Rowan must not change what other code means or how it reads.
@Suite struct OrdinaryCodeTests {
  private static let text = """
    import Foundation
    import Rowan

    struct Person: Hashable { var name: String; var age: Int?; var isActive: Bool }

    func operators(_ a: Int, _ b: Double, _ c: String?, _ people: [Person]) -> Bool {
      let sum = a + 1 - 2 * 3 / 4 % 5
      let mean = b / 2 + 1.5
      let text = "a" + (c ?? "b") + String(sum)
      let none = c == nil || c != nil && text == "x"
      let old = people.filter { $0.age ?? 0 > 3 && $0.isActive && !($0.name == "a") }.sorted { $0.name < $1.name }
      let all = people.map(\\.isActive).allSatisfy { $0 } || people.contains { $0.age == nil }
      return none && mean > 1 && old.isEmpty == all
    }
    func collections(_ words: [String], _ dictionary: [String: Int]) -> Int {
      let count = words.count + (words.min() ?? "").count + (words.max() ?? "").count
      let total = dictionary.values.reduce(0, +)
      let joined = words.filter { $0.hasPrefix("a") || $0.contains("b") }.joined()
      let any = words.lazy.map(\\.count).first { $0 > 3 } ?? count
      return total + joined.count + any + abs(-3) + Swift.min(1, 2) + max(3, 4)
    }
    func types(_ predicate: Foundation.Predicate<Person>, _ one: Predicate<Int>) -> any Sendable {
      let date: Date = .now
      let decimal: Decimal = 3.5
      let uuid = UUID()
      let interval: TimeInterval = date.timeIntervalSince1970
      let array: [Int] = .init(repeating: 0, count: 3)
      let optional: Int? = .some(3)
      let result: Result<Int, any Error> = .success(3)
      let data = Data([1, 2, 3])
      return [date, decimal, uuid, interval, array, optional as Any, result, data].count
    }
    func literals() -> (Int, Double, String, Bool, [Int], [String: Int]) { (1, 1, "a", true, [1], ["a": 1]) }
    func switching(_ value: Int?) -> String {
      switch value {
      case nil: "none"
      case let x? where x < 0: "less"
      case 0?: "zero"
      case .some: "more"
      }
    }
    func concurrency() async throws -> Int {
      async let a = 1
      async let b = 2
      let both = await a + b
      return try await withThrowingTaskGroup(of: Int.self) { group in
        group.addTask { 3 }
        var sum = both
        for try await value in group { sum += value }
        return sum
      }
    }

    """

  @Test func compilesAsItDoesWithout() throws {
    let checker = try TypeChecker()
    let without = try checker.diagnostics(of: OrdinaryCodeTests.text.replacing("import Rowan\n", with: "\n"))
    let with = try checker.diagnostics(of: OrdinaryCodeTests.text)
    #expect(without.map(\.description) == with.map(\.description))
    #expect(with.allSatisfy { $0.kind != "error" }, "\(with)")
  }

  @Test func takesNoLongerToCheck() throws {
    let checker = try TypeChecker()
    var least: (with: Double, without: Double) = (.infinity, .infinity)
    for _ in 0..<4 {
      let with = try checker.milliseconds(of: OrdinaryCodeTests.text)
      let without = try checker.milliseconds(of: OrdinaryCodeTests.text.replacing("import Rowan\n", with: "\n"))
      least.with = Swift.min(
        least.with, with["operators", default: .infinity] + with["collections", default: .infinity])
      least.without = Swift.min(
        least.without, without["operators", default: .infinity] + without["collections", default: .infinity])
    }
    #expect(least.with <= least.without * 2 + 20, "\(least)")
  }
}
