-- REVIEWED: true

DROP TABLE IF EXISTS temp."rowan_guard";

CREATE TEMP TABLE "rowan_guard" (
  "c1" CONSTRAINT "foreign keys are off while tables are dropped or built anew" CHECK ("c1")
);

INSERT INTO temp."rowan_guard" ("c1") SELECT 0 WHERE EXISTS (SELECT 1 FROM pragma_foreign_keys WHERE foreign_keys <> 0);

DROP TABLE temp."rowan_guard";

-- Loses: drops table task_labels
DROP TABLE "task_labels";

-- Loses: drops table comments
DROP TABLE "comments";

-- Loses: drops table tasks
DROP TABLE "tasks";

-- Loses: drops table projects
DROP TABLE "projects";

-- Loses: drops table labels
DROP TABLE "labels";

-- Loses: drops table workspaces
DROP TABLE "workspaces";

-- Loses: drops table users
DROP TABLE "users";
