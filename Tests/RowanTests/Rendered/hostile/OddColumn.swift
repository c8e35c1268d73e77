// swift-format-ignore-file
import Rowan

@Table("odd_columns", primaryKey: PrimaryKeySchema(["user_id", "class"], name: #"the "key""#))
struct OddColumn {
  @Column(.primaryKey) let `class`: String
  var `default`: String
  @Column(name: "self") var selfValue: String
  var `init`: String
  @Column(name: "Type") var type: String
  @Column(name: "rowanSlot") var rowanSlotValue2: String
  @Column(name: "rowan_slot") var rowanSlotValue: String
  @Column(name: "primaryKey") var primaryKey: String
  var row: String
  var key: String
  var schema: String
  var record: String
  @Column(name: "2fa") var _2fa: String
  @Column(name: "💥") var column14: String
  @Column(name: "a b") var aB: String
  @Column(name: "a-b") var aB2: String
  @Column(name: "A_B ") var aB3: String
  @Column(name: #"quo"te"#) var quoTe: String
  @Column(name: "new\nline") var newLine: String
  @Column(name: #"back\slash"#) var backSlash: String
  @Column(name: #"\(x)"#) var x: String
  @Column(name: ##"#"#"##) var column22: String
  @Column(name: "userID") var userID2: String
  @Column(.primaryKey) let userID: String
  var imageUrlId: String
  @Column(name: "_id") var id: String
  @Column(name: "id_") var id2: String
  var größe: String
  @Column(name: "USER_NAME") var userName: String
  @Column(name: "htmlURLString") var htmlURLString: String
  var isHttp2: String
  @Column(name: "address_2") var address2: String
  @Column(name: "\u{200b}") var column33: String
  @Column(name: "tab\t") var tab: String
  var `in`: String
  var `where`: String
  var `await`: String
  @Column(name: "hashValue") var hashValue: String
  var description: String
  var fields: String
  var encode: String
  var slot: String
  var é: String
  @Column(name: "Ω") var ω: String
  @Column(name: "`tick`") var tick: String
  @Column(name: "*/") var column46: String
  @Column(name: "///") var column47: String
  @Column(name: "Columns") var columns: String
  var ss: String
  var ß: String
}
