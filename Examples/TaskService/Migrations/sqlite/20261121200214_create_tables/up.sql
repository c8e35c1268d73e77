-- REVIEWED: true
-- + table users
-- + table workspaces
-- + table labels
-- + table projects
-- + table tasks
-- + table comments
-- + table task_labels

CREATE TABLE "users" (
  "id" INTEGER NOT NULL CONSTRAINT "pk_users" PRIMARY KEY AUTOINCREMENT,
  "email" VARCHAR(255) NOT NULL,
  "name" VARCHAR(100) NOT NULL,
  "created_at" TIMESTAMP_INT NOT NULL DEFAULT (CAST(round((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000),
  CONSTRAINT "uq_users_email" UNIQUE ("email")
);

CREATE TABLE "workspaces" (
  "id" INTEGER NOT NULL CONSTRAINT "pk_workspaces" PRIMARY KEY AUTOINCREMENT,
  "slug" VARCHAR(60) NOT NULL,
  "name" VARCHAR(100) NOT NULL,
  "owner_id" BIGINT NOT NULL,
  "created_at" TIMESTAMP_INT NOT NULL DEFAULT (CAST(round((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000),
  CONSTRAINT "uq_workspaces_slug" UNIQUE ("slug"),
  CONSTRAINT "fk_workspaces_owner_id" FOREIGN KEY ("owner_id") REFERENCES "users" ("id")
);

CREATE TABLE "labels" (
  "id" INTEGER NOT NULL CONSTRAINT "pk_labels" PRIMARY KEY AUTOINCREMENT,
  "workspace_id" BIGINT NOT NULL,
  "name" VARCHAR(50) NOT NULL,
  "color" CHAR(7) NOT NULL,
  CONSTRAINT "labels_name_in_workspace" UNIQUE ("workspace_id", "name"),
  CONSTRAINT "fk_labels_workspace_id" FOREIGN KEY ("workspace_id") REFERENCES "workspaces" ("id") ON DELETE CASCADE
);

CREATE TABLE "projects" (
  "id" INTEGER NOT NULL CONSTRAINT "pk_projects" PRIMARY KEY AUTOINCREMENT,
  "workspace_id" BIGINT NOT NULL,
  "name" VARCHAR(100) NOT NULL,
  "summary" TEXT,
  "is_archived" BOOLEAN NOT NULL DEFAULT 0,
  "created_at" TIMESTAMP_INT NOT NULL DEFAULT (CAST(round((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000),
  CONSTRAINT "projects_name_in_workspace" UNIQUE ("workspace_id", "name"),
  CONSTRAINT "fk_projects_workspace_id" FOREIGN KEY ("workspace_id") REFERENCES "workspaces" ("id")
);

CREATE TABLE "tasks" (
  "id" INTEGER NOT NULL CONSTRAINT "pk_tasks" PRIMARY KEY AUTOINCREMENT,
  "project_id" BIGINT NOT NULL,
  "title" VARCHAR(200) NOT NULL,
  "details" TEXT,
  "status" VARCHAR(20) NOT NULL,
  "priority" BIGINT NOT NULL,
  "assignee_id" BIGINT,
  "due_on" DATE_INT,
  "metadata" JSON_TEXT NOT NULL,
  "version" BIGINT NOT NULL,
  "created_at" TIMESTAMP_INT NOT NULL DEFAULT (CAST(round((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000),
  "updated_at" TIMESTAMP_INT NOT NULL DEFAULT (CAST(round((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000),
  CONSTRAINT "fk_tasks_assignee_id" FOREIGN KEY ("assignee_id") REFERENCES "users" ("id") ON DELETE SET NULL,
  CONSTRAINT "fk_tasks_project_id" FOREIGN KEY ("project_id") REFERENCES "projects" ("id") ON DELETE CASCADE
);

CREATE INDEX "tasks_by_assignee" ON "tasks" ("assignee_id");

CREATE INDEX "tasks_by_project_and_status" ON "tasks" ("project_id", "status");

CREATE TABLE "comments" (
  "id" INTEGER NOT NULL CONSTRAINT "pk_comments" PRIMARY KEY AUTOINCREMENT,
  "task_id" BIGINT NOT NULL,
  "author_id" BIGINT NOT NULL,
  "body" TEXT NOT NULL,
  "created_at" TIMESTAMP_INT NOT NULL DEFAULT (CAST(round((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000),
  CONSTRAINT "fk_comments_author_id" FOREIGN KEY ("author_id") REFERENCES "users" ("id"),
  CONSTRAINT "fk_comments_task_id" FOREIGN KEY ("task_id") REFERENCES "tasks" ("id") ON DELETE CASCADE
);

CREATE INDEX "ix_comments_task_id" ON "comments" ("task_id");

CREATE TABLE "task_labels" (
  "task_id" BIGINT NOT NULL,
  "label_id" BIGINT NOT NULL,
  CONSTRAINT "pk_task_labels" PRIMARY KEY ("task_id", "label_id"),
  CONSTRAINT "fk_task_labels_label_id" FOREIGN KEY ("label_id") REFERENCES "labels" ("id") ON DELETE CASCADE,
  CONSTRAINT "fk_task_labels_task_id" FOREIGN KEY ("task_id") REFERENCES "tasks" ("id") ON DELETE CASCADE
);

CREATE INDEX "ix_task_labels_label_id" ON "task_labels" ("label_id");
