import Testing

/// How long the compiler takes for queries of a size people write. The time is processor time, the least of several
/// runs.
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
      func grouped(_ author: Author) {
        _ = Author.join(Article.self) { $0.id == $1.authorID }.group { author, _ in author.name }
          .having { _, _, article in article.id.count() > 1 }.order { key, _, _ in key.ascending() }
          .select { key, author, article in (key, article.views.sum(), article.views.max() + 1, author.score.average()) }
      }

      """

  private static let limits = [
    "fiveConditions": 5.0, "twentyConditions": 30, "chain": 50, "arithmetic": 50, "grouped": 50,
  ]

  /// What a machine that runs the other tests meanwhile adds.
  private static let allowance = 2.5

  /// The least time of each function. A busy machine inflates processor time too, so that runs go on, within reason,
  /// until one was undisturbed.
  private static let least = Result<[String: Double], any Error> {
    let checker = try TypeChecker()
    var least: [String: Double] = [:]
    for _ in 0..<12 {
      least.merge(try checker.milliseconds(of: text)) { Swift.min($0, $1) }
      if limits.allSatisfy({ least[$0.key, default: .infinity] <= $0.value * allowance }) { break }
    }
    return least
  }

  @Test(arguments: limits.sorted { $0.key < $1.key }) func isShort(_ function: String, _ limit: Double) throws {
    let time = try #require(try TypeCheckingTimeTests.least.get()[function])
    #expect(time <= limit * TypeCheckingTimeTests.allowance, "\(function) took \(time) ms")
  }
}
