/// Rows some of whose columns are decoded by codecs on the way.
///
/// Only statements that read a coded column have one; what is read of other columns is the driver's cell as it is.
final class DecodingRows: RowSource {
  private let base: RowSource
  private let codings: [ColumnCoding?]
  private let store = CellStore()

  init(_ base: RowSource, _ codings: [ColumnCoding?]) {
    self.base = base
    self.codings = codings
    super.init(cells: .allocate(capacity: Swift.max(1, base.columnCount)), columnCount: base.columnCount)
  }

  deinit { cells.deallocate() }

  override func next() throws -> Bool {
    guard try base.next() else {
      affectedRows = base.affectedRows
      lastInsertID = base.lastInsertID
      return false
    }
    store.reset()
    for index in 0..<columnCount {
      let cell = base.cells[index]
      guard index < codings.count, let coding = codings[index], cell.tag != .null else {
        cells[index] = cell
        continue
      }
      let stored: SQLValue
      do throws(CodecFailure) {
        stored = try cell.storedValue()
      } catch {
        throw coding.failure(.decodingFailed, "a stored value could not be read", error)
      }
      let value = try coding.decode(stored)
      do throws(CodecFailure) {
        cells[index] = try store.cell(value, aux: UInt16(truncatingIfNeeded: index))
      } catch {
        throw coding.failure(.decodingFailed, "a decoded value could not be read", error)
      }
    }
    return true
  }

  override var columnNames: [String] { base.columnNames }

  override func wireType(_ column: Int) -> String? { base.wireType(column) }
}
