import RowanCore

/// Follows one statement far enough to know which `;` belong to the body of a trigger, routine or event.
///
/// It sees the words and symbols outside parentheses.
struct BodyTracker {
  private enum Mode {
    /// Nothing seen yet.
    case start
    /// After `CREATE`, before the kind of object.
    case create(hasDefiner: Bool)
    /// In SQLite's `CREATE TRIGGER`.
    case trigger(TriggerPhase)
    /// Before `BEGIN ATOMIC`.
    case atomicHeader(afterBegin: Bool)
    /// Before the body, which can start once the gate is open.
    case header(Gate, isOpen: Bool)
    /// After a first `BEGIN`, which is a block only with `NOT ATOMIC`.
    case firstBegin
    case body
    /// Nothing holds a `;` any more.
    case plain
  }

  /// `; END ;` ends a trigger, as in `sqlite3_complete`: https://www.sqlite.org/c3ref/complete.html
  private enum TriggerPhase { case inside, afterSemicolon, afterEnd }

  /// What stands before the body.
  private enum Gate { case row, parameters, schedule }

  private enum Block { case begin, caseStatement, caseExpression, control }

  private let syntax: SQLScriptSyntax
  private var mode = Mode.start
  private var blocks: [(block: Block, line: Int)] = []
  private var begins = 0
  private var endIsPending = false
  /// Whether a statement can start here.
  private var startsStatement = false
  private var openLine = 1

  init(_ syntax: SQLScriptSyntax) { self.syntax = syntax }

  /// Takes the next word; `keyword` is nil for names, numbers and words without a meaning here.
  mutating func word(_ keyword: Keyword?, line: Int) {
    switch mode {
    case .start: start(keyword, line: line)
    case .create(let hasDefiner): create(keyword, hasDefiner: hasDefiner, line: line)
    case .trigger(let phase): mode = .trigger(phase == .afterSemicolon && keyword == .end ? .afterEnd : .inside)
    case .atomicHeader(let afterBegin):
      if afterBegin, keyword == .atomic {
        open(.begin, line: line)
      } else {
        mode = .atomicHeader(afterBegin: keyword == .begin)
      }
    case .header(let gate, let isOpen): header(keyword, gate, isOpen: isOpen, line: line)
    case .firstBegin:
      if keyword == .not { open(.begin, line: line) } else { mode = .plain }
    case .body: body(keyword, line: line)
    case .plain: break
    }
  }

  /// Takes the next symbol, string or quoted name.
  mutating func other(_ byte: UInt8?) {
    switch mode {
    case .start: mode = .plain
    case .trigger: mode = .trigger(.inside)
    case .atomicHeader: mode = .atomicHeader(afterBegin: false)
    case .header(.parameters, _): if byte == UInt8(ascii: ")") { mode = .header(.parameters, isOpen: true) }
    case .firstBegin: mode = .plain
    case .body:
      closePlainEnd()
      startsStatement = byte == UInt8(ascii: ":")
    case .create, .header, .plain: break
    }
  }

  /// Whether the `;` that comes next belongs to the statement.
  mutating func holdsSemicolon() -> Bool {
    switch mode {
    case .trigger(let phase):
      if phase == .afterEnd { return false }
      mode = .trigger(.afterSemicolon)
      return true
    case .body:
      closePlainEnd()
      startsStatement = true
      return !blocks.isEmpty
    default:
      return false
    }
  }

  /// The line of what is open at the end of the text; nil when nothing is.
  mutating func openBlockLine() -> Int? {
    switch mode {
    case .trigger(let phase): return phase == .afterEnd ? nil : openLine
    case .body:
      closePlainEnd()
      return blocks.first?.line
    default: return nil
    }
  }

  private mutating func start(_ keyword: Keyword?, line: Int) {
    openLine = line
    switch keyword {
    case .create: mode = .create(hasDefiner: false)
    case .explain: break
    case .begin where syntax.compoundStatements: mode = .firstBegin
    case .case where syntax.compoundStatements: open(.caseStatement, line: line)
    case let word? where syntax.compoundStatements && word.opensControl:
      open(.control, line: line)
      startsStatement = word == .loop || word == .repeat
    default: mode = .plain
    }
  }

  private mutating func create(_ keyword: Keyword?, hasDefiner: Bool, line: Int) {
    switch keyword {
    case .or, .replace, .temp, .temporary, .aggregate, .constraint: break
    case .definer: mode = .create(hasDefiner: true)
    case .trigger:
      if syntax.triggerBlocks {
        mode = .trigger(.inside)
      } else {
        mode = syntax.compoundStatements ? .header(.row, isOpen: false) : .plain
      }
    case .procedure, .function:
      if syntax.compoundStatements {
        mode = .header(.parameters, isOpen: false)
      } else {
        mode = syntax.atomicBlocks ? .atomicHeader(afterBegin: false) : .plain
      }
    case .event: mode = syntax.compoundStatements ? .header(.schedule, isOpen: false) : .plain
    default: if !hasDefiner { mode = .plain }
    }
  }

  private mutating func header(_ keyword: Keyword?, _ gate: Gate, isOpen: Bool, line: Int) {
    guard let keyword else { return }
    guard isOpen else {
      if (gate == .row && keyword == .row) || (gate == .schedule && keyword == .do) {
        mode = .header(gate, isOpen: true)
      }
      return
    }
    if keyword == .begin {
      open(.begin, line: line)
    } else if keyword == .case {
      open(.caseStatement, line: line)
    } else if keyword.opensControl {
      open(.control, line: line)
      startsStatement = keyword == .loop || keyword == .repeat
    } else if keyword.startsSimpleStatement {
      mode = .plain
    }
  }

  private mutating func body(_ keyword: Keyword?, line: Int) {
    if endIsPending {
      // Control statements are counted only outside `BEGIN`, which closes with everything in it.
      if let keyword, syntax.compoundStatements, keyword.opensControl {
        endIsPending = false
        if begins == 0 { close() }
        return
      }
      let closesCase = keyword == .case && blocks.last?.block != .begin
      closePlainEnd()
      if closesCase { return }
    }
    let startsHere = startsStatement
    startsStatement = false
    switch keyword {
    case .begin where syntax.compoundStatements:
      open(.begin, line: line)
      startsStatement = true
    case .case: open(startsHere ? .caseStatement : .caseExpression, line: line)
    case .end: endIsPending = true
    case .then, .else: startsStatement = blocks.last?.block != .caseExpression
    case .do: startsStatement = true
    case .loop, .repeat, .if, .while, .for:
      guard syntax.compoundStatements, begins == 0, startsHere else { return }
      open(.control, line: line)
      startsStatement = keyword == .loop || keyword == .repeat
    default: break
    }
  }

  private mutating func open(_ block: Block, line: Int) {
    blocks.append((block, line))
    if block == .begin { begins &+= 1 }
    mode = .body
  }

  private mutating func close() {
    guard let last = blocks.popLast() else { return }
    if last.block == .begin { begins &-= 1 }
    if blocks.isEmpty { mode = .plain }
  }

  private mutating func closePlainEnd() {
    guard endIsPending else { return }
    endIsPending = false
    close()
  }
}
