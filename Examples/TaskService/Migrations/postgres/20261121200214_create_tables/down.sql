-- REVIEWED: true

-- Loses: the rows of table 'task_labels'
DROP TABLE "task_labels";

-- Loses: the rows of table 'comments'
DROP TABLE "comments";

-- Loses: the rows of table 'tasks'
DROP TABLE "tasks";

-- Loses: the rows of table 'projects'
DROP TABLE "projects";

-- Loses: the rows of table 'labels'
DROP TABLE "labels";

-- Loses: the rows of table 'workspaces'
DROP TABLE "workspaces";

-- Loses: the rows of table 'users'
DROP TABLE "users";
