import Hummingbird
import Rowan

/// `/tasks/:id/comments` and `/comments/:id`
struct CommentRoutes {
  let db: Database

  func add(to router: some RouterMethods<AppContext>) {
    router.group("tasks/:id/comments")
      .get(use: list)
      .post(use: create)
    router.group("comments/:id")
      .patch(use: change)
      .delete(use: remove)
  }

  /// A stretch of a thread. Unlike a page it stays where it is when comments are added before it.
  struct Thread: ResponseEncodable {
    struct Entry: Encodable {
      let id: CommentID
      let authorID: UserID
      let author: String
      let body: String
      let createdAt: Timestamp
    }
    let items: [Entry]
    /// What to pass as `after` to read on; absent at the end.
    let next: CommentID?
  }

  @Sendable func list(_ request: Request, context: AppContext) async throws -> Thread {
    let id = try context.id(of: TaskItem.self)
    let parameters = try QueryParameters(request, allowed: ["after", "limit"])
    let limit = try parameters.integer("limit", in: 1...100) ?? 20
    let after = try parameters.id("after", of: Comment.self)
    return try await db.labelled(context.requestID).read { tx in
      guard try await TaskItem.find(id).exists(tx) else { throw APIError.notFound("task") }
      var comments = Comment.join(User.self) { $0.authorID == $1.id }.where { comment, _ in comment.taskID == id }
      if let after { comments = comments.where { comment, _ in comment.id > after } }
      // One more than asked for tells whether there is more.
      let rows = try await comments.order { comment, _ in comment.id.ascending() }.limit(limit + 1)
        .select { comment, user in (comment, user.name) }.fetchAll(tx)
      let entries = rows.prefix(limit).map { comment, author in
        Thread.Entry(
          id: comment.id, authorID: comment.authorID, author: author, body: comment.body, createdAt: comment.createdAt)
      }
      return Thread(items: entries, next: rows.count > limit ? entries.last?.id : nil)
    }
  }

  struct NewComment: Decodable {
    let authorID: UserID
    let body: String
  }

  @Sendable func create(_ request: Request, context: AppContext) async throws -> Created<Comment> {
    let id = try context.id(of: TaskItem.self)
    let new = try await request.decode(as: NewComment.self, context: context)
    let body = try FieldRules.text(new.body, "body", 1...10_000)
    return try await db.labelled(context.requestID).transaction { tx in
      guard try await TaskItem.find(id).exists(tx) else { throw APIError.notFound("task") }
      try await References.require(user: new.authorID, "authorID", tx)
      let draft = Comment.Draft(taskID: id, authorID: new.authorID, body: body)
      return Created(try await Comment.insert(draft).returning().fetchOne(tx))
    }
  }

  struct CommentChange: Decodable {
    let body: String
  }

  @Sendable func change(_ request: Request, context: AppContext) async throws -> Comment {
    let id = try context.id(of: Comment.self)
    let change = try await request.decode(as: CommentChange.self, context: context)
    let body = try FieldRules.text(change.body, "body", 1...10_000)
    let changed = try await Comment.update { $0.body = body }.where { $0.id == id }.returning()
      .fetchFirst(db.labelled(context.requestID))
    guard let changed else { throw APIError.notFound("comment") }
    return changed
  }

  @Sendable func remove(_ request: Request, context: AppContext) async throws -> HTTPResponse.Status {
    let id = try context.id(of: Comment.self)
    let result = try await Comment.delete().where { $0.id == id }.run(db.labelled(context.requestID))
    if result.affectedRows == 0 { throw APIError.notFound("comment") }
    return .noContent
  }
}
