import Synchronization

/// What codecs do to the values of a compiled statement, worked out once per shape.
struct StatementCoding: Sendable {
  /// One of the statement's values that is encoded before anything else is made of it.
  struct Source: Sendable {
    /// Which value.
    let index: Int
    /// Whether it is a list whose elements are the column's values.
    let isList: Bool
    let coding: ColumnCoding
  }

  /// The values to encode.
  let sources: [Source]
  /// Values from plugins and from the handle that are encoded too: numbered on from the statement's own.
  let extras: [BindStep]
  /// What each column of a row is decoded by; empty where none is.
  let results: [ColumnCoding?]
  /// What has to be loaded before; nil where the plugins are asked for nothing.
  let preparation: CodecPreparation?

  /// The statement's values, encoded, and the extra ones.
  func encode(
    _ values: ContiguousArray<SQLValue>, context: ContextValues, of compiled: Compiled
  ) throws -> ContiguousArray<SQLValue> {
    var values = values
    for step in extras {
      switch step {
      case .context(let key): values.append(try context.value(key))
      case .constant(let value): values.append(value)
      case .source, .padded, .derived:
        throw RowanError.internalFailure("a value of the statement's own is encoded as a plugin's")
      }
    }
    for source in sources {
      let value = try compiled.value(values, source.index)
      values[source.index] = try source.isList ? source.coding.encode(list: value) : source.coding.encode(value)
    }
    return values
  }

  /// The values of many rows, encoded; each row has the values of the statement, `width` of them.
  func encode(rows values: ContiguousArray<SQLValue>, width: Int) throws -> ContiguousArray<SQLValue> {
    var values = values
    for source in sources where source.index < width && !source.isList {
      for index in stride(from: source.index, to: values.count, by: width) {
        values[index] = try source.coding.encode(values[index])
      }
    }
    return values
  }
}

/// The plugins whose codecs a statement uses, and whether they are ready.
final class CodecPreparation: Sendable {
  /// A plugin and the columns it has codecs for.
  struct Step: Sendable {
    let plugin: any DatabasePlugin
    let columns: [CodedColumn]
  }

  private let steps: [Step]
  /// The versions the plugins were prepared at; nil before the first time.
  private let versions = Mutex<[Int]?>(nil)

  init(_ steps: [Step]) { self.steps = steps }

  /// - Throws: ``PreparationNeeded`` unless every plugin is prepared at its present version.
  func check() throws {
    guard let prepared = versions.withLock({ $0 }),
      zip(prepared, steps).allSatisfy({ $0 == $1.plugin.codecVersion })
    else { throw PreparationNeeded(preparation: self) }
  }

  /// Prepares every plugin.
  func run() async throws {
    let current = steps.map(\.plugin.codecVersion)
    for step in steps {
      do {
        try await step.plugin.prepare(for: step.columns)
      } catch let error as RowanError {
        throw error
      } catch is CancellationError {
        throw RowanError(.cancelled, "the task was cancelled while the plugin '\(step.plugin.name)' was being prepared")
      } catch {
        throw RowanError(
          .pluginFailed, "the plugin '\(step.plugin.name)' could not prepare its codecs",
          hint: "see the cause", server: ServerReport(columns: step.columns.map(\.column.name)), cause: error)
      }
    }
    versions.withLock { $0 = current }
  }
}

/// A statement whose codecs are not ready: caught where it can be waited for.
struct PreparationNeeded: Error {
  let preparation: CodecPreparation
}
