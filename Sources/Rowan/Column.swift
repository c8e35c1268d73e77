/// Says more of a column than its property's name and type do.
///
/// ```swift
/// @Table("orders")
/// struct Order {
///   @Column(.primaryKey, .generated)                             let id: ID<Order, Int64>
///   @Column(.references("users", "id", onDelete: .cascade))      var userID: ID<User, Int64>
///   @Column(.check("quantity > 0"), default: 1)                  var quantity: Int
///   @Column(.decimal(12, 2), name: "total_price")                var total: Decimal
///   @Column(.indexed, default: .now, renamedFrom: "created")     var createdAt: Timestamp
/// }
/// ```
///
/// A property without `@Column` is a column too, called as the property is in snake case (`authorID` is `author_id`,
/// `htmlURLString` is `html_url_string`), nullable where its type is optional.
///
/// Options are read as source, so write them here as members: `.primaryKey`, `.unique`, `.varchar(255)`. An option of
/// your own, declared in an extension of ``RowanCore/ColumnOption``, may stand for anything but `.primaryKey`,
/// `.generated` and `.computed`, which the macro must see.
///
/// A column that is `.computed` is read like any other and never written: it is no part of the draft, and updates and
/// upserts of a record leave it alone.
///
/// A composite key is `.primaryKey` on each of its columns. Columns of a key and generated columns are not optional.
///
/// - Parameters:
///   - options: the key, generation, uniqueness, index, type, reference, CHECK, computation, collation and comment of the
///     column.
///   - name: the column's name in the database, a string literal.
///   - default: the database's default: a literal, `.now`, `.randomUUID`, `.literal(value)` or `.expression("sql")`.
///   - renamedFrom: the name the column had before. Keep it for as long as there are databases to migrate.
@attached(peer)
public macro Column(
  _ options: ColumnOption..., name: String? = nil, default: ColumnDefault? = nil, renamedFrom: String? = nil
) = #externalMacro(module: "RowanMacros", type: "ColumnMacro")
