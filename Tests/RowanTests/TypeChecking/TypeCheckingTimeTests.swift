import Testing

/// How long the compiler takes for queries of a size people write. The time is processor time, the least of several
/// runs, and counts in proportion to what the compiler takes for the least that has an operator of its own at all.
@Suite(.serialized) struct TypeCheckingTimeTests {
  private static let conditions = [
    "$0.name == \"a\"", "$0.age > 3", "$0.score <= 2.5", "$0.isActive == true", "$0.id != author.id",
  ]

  private static let text =
    SnippetModels.text + """
      func warmUp(_ author: Author) {
        _ = Author.where { $0.name == "a" && $0.age > 3 && !($0.score < 2.5) }.order { $0.age.descending() }
        _ = Author.all().select { ($0.name, $0.score + 1.5) }
      }
      func fiveConditions(_ author: Author) {
        _ = Author.where { \(conditions.joined(separator: " && ")) }
      }
      func twentyConditions(_ author: Author) {
        _ = Author.where { \(Array(repeating: conditions.joined(separator: " && "), count: 4).joined(separator: " && ")) }
      }
      func chain(_ author: Author) {
        _ = Author.join(Article.self) { $0.id == $1.authorID }.leftJoin(Note.self) { $1.id == $2.articleID }
          .join(Author.self) { $1.authorID == $3.id }.where { author, article, note, editor in
            author.isActive.isTrue && article.views > 10 && note.text != nil && editor.name.hasPrefix("A")
          }.order { author, _, _, _ in author.name.ascending() }.limit(20)
          .select { author, article, note, editor in (author.name, article.title, note.text, editor.score * 2) }
      }
      func arithmetic(_ author: Author) {
        _ = Author.all().select {
          ($0.score + 1, $0.score - 1, $0.score * 2, $0.score / 2, $0.age + 1, $0.age - 1, $0.age * 2, $0.age % 2)
        }
      }
      struct Least<Value> {
        static func == (left: Least, right: Value) -> Met { Met() }
      }
      struct Met {
        static func && (left: Met, right: Met) -> Met { left }
      }
      func reference(_ least: Least<String>) -> Met {
        \(Array(repeating: "least == \"a\"", count: 20).joined(separator: " && "))
      }
      func grouped(_ author: Author) {
        _ = Author.join(Article.self) { $0.id == $1.authorID }.group { author, _ in author.name }
          .having { _, _, article in article.id.count() > 1 }.order { key, _, _ in key.ascending() }
          .select { key, author, article in (key, article.views.sum(), article.views.max() + 1, author.score.average()) }
      }

      """

  private static let limits = [
    "fiveConditions": 5.0, "twentyConditions": 30, "chain": 50, "arithmetic": 50, "grouped": 50,
  ]

  /// The machine the limits were set on is not at hand. It is taken for one whose compiler takes so many milliseconds
  /// for twenty comparisons of a type with one operator, nearly all of which goes into the standard library's own
  /// operators of that name; a machine that takes longer for those has as much longer for the rest.
  private static let reference = 38.0

  private static func factor(_ least: [String: Double]) -> Double {
    Swift.max(1, (least["reference"] ?? reference) / reference)
  }

  /// The least time of each function. A busy machine inflates processor time too, so that runs go on, within reason,
  /// until one was undisturbed.
  private static let least = Result<[String: Double], any Error> {
    let checker = try TypeChecker()
    var least: [String: Double] = [:]
    for turn in 1...16 {
      least.merge(try checker.milliseconds(of: text)) { Swift.min($0, $1) }
      let factor = factor(least)
      if turn > 2, limits.allSatisfy({ least[$0.key, default: .infinity] <= $0.value * factor }) { break }
    }
    return least
  }

  @Test(arguments: limits.sorted { $0.key < $1.key }) func isShort(_ function: String, _ limit: Double) throws {
    let least = try TypeCheckingTimeTests.least.get()
    let time = try #require(least[function]), factor = Self.factor(least)
    #expect(time <= limit * factor, "\(function) took \(time) ms, on a machine that takes \(factor) times as long")
  }
}
