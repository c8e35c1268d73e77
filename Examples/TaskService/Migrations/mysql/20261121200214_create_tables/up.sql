-- REVIEWED: true
-- + table users
-- + table workspaces
-- + table labels
-- + table projects
-- + table tasks
-- + table comments
-- + table task_labels

CREATE TABLE `users` (
  `id` bigint NOT NULL AUTO_INCREMENT,
  `email` varchar(255) NOT NULL,
  `name` varchar(100) NOT NULL,
  `created_at` datetime(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  CONSTRAINT `pk_users` PRIMARY KEY (`id`),
  CONSTRAINT `uq_users_email` UNIQUE (`email`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin;

CREATE TABLE `workspaces` (
  `id` bigint NOT NULL AUTO_INCREMENT,
  `slug` varchar(60) NOT NULL,
  `name` varchar(100) NOT NULL,
  `owner_id` bigint NOT NULL,
  `created_at` datetime(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  CONSTRAINT `pk_workspaces` PRIMARY KEY (`id`),
  CONSTRAINT `uq_workspaces_slug` UNIQUE (`slug`),
  CONSTRAINT `fk_workspaces_owner_id` FOREIGN KEY (`owner_id`) REFERENCES `users` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin;

CREATE TABLE `labels` (
  `id` bigint NOT NULL AUTO_INCREMENT,
  `workspace_id` bigint NOT NULL,
  `name` varchar(50) NOT NULL,
  `color` char(7) NOT NULL,
  CONSTRAINT `pk_labels` PRIMARY KEY (`id`),
  CONSTRAINT `labels_name_in_workspace` UNIQUE (`workspace_id`, `name`),
  CONSTRAINT `fk_labels_workspace_id` FOREIGN KEY (`workspace_id`) REFERENCES `workspaces` (`id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin;

CREATE TABLE `projects` (
  `id` bigint NOT NULL AUTO_INCREMENT,
  `workspace_id` bigint NOT NULL,
  `name` varchar(100) NOT NULL,
  `summary` longtext,
  `is_archived` tinyint(1) NOT NULL DEFAULT 0,
  `created_at` datetime(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  CONSTRAINT `pk_projects` PRIMARY KEY (`id`),
  CONSTRAINT `projects_name_in_workspace` UNIQUE (`workspace_id`, `name`),
  CONSTRAINT `fk_projects_workspace_id` FOREIGN KEY (`workspace_id`) REFERENCES `workspaces` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin;

CREATE TABLE `tasks` (
  `id` bigint NOT NULL AUTO_INCREMENT,
  `project_id` bigint NOT NULL,
  `title` varchar(200) NOT NULL,
  `details` longtext,
  `status` varchar(20) NOT NULL,
  `priority` bigint NOT NULL,
  `assignee_id` bigint,
  `due_on` date,
  `metadata` json NOT NULL,
  `version` bigint NOT NULL,
  `created_at` datetime(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  `updated_at` datetime(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  CONSTRAINT `pk_tasks` PRIMARY KEY (`id`),
  CONSTRAINT `fk_tasks_assignee_id` FOREIGN KEY (`assignee_id`) REFERENCES `users` (`id`) ON DELETE SET NULL,
  CONSTRAINT `fk_tasks_project_id` FOREIGN KEY (`project_id`) REFERENCES `projects` (`id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin;

CREATE INDEX `tasks_by_assignee` ON `tasks` (`assignee_id`);

CREATE INDEX `tasks_by_project_and_status` ON `tasks` (`project_id`, `status`);

CREATE TABLE `comments` (
  `id` bigint NOT NULL AUTO_INCREMENT,
  `task_id` bigint NOT NULL,
  `author_id` bigint NOT NULL,
  `body` longtext NOT NULL,
  `created_at` datetime(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  CONSTRAINT `pk_comments` PRIMARY KEY (`id`),
  CONSTRAINT `fk_comments_author_id` FOREIGN KEY (`author_id`) REFERENCES `users` (`id`),
  CONSTRAINT `fk_comments_task_id` FOREIGN KEY (`task_id`) REFERENCES `tasks` (`id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin;

CREATE INDEX `ix_comments_task_id` ON `comments` (`task_id`);

CREATE TABLE `task_labels` (
  `task_id` bigint NOT NULL,
  `label_id` bigint NOT NULL,
  CONSTRAINT `pk_task_labels` PRIMARY KEY (`task_id`, `label_id`),
  CONSTRAINT `fk_task_labels_label_id` FOREIGN KEY (`label_id`) REFERENCES `labels` (`id`) ON DELETE CASCADE,
  CONSTRAINT `fk_task_labels_task_id` FOREIGN KEY (`task_id`) REFERENCES `tasks` (`id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin;

CREATE INDEX `ix_task_labels_label_id` ON `task_labels` (`label_id`);
