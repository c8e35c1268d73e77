CREATE TABLE `users` (
  `id` bigint NOT NULL AUTO_INCREMENT,
  `email` varchar(255) NOT NULL,
  `name` longtext,
  `age` bigint NOT NULL DEFAULT 0,
  `score` double,
  `created_at` datetime(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  `manager_id` bigint,
  `balance` decimal(12,2) NOT NULL DEFAULT 0,
  `active` tinyint(1) NOT NULL DEFAULT 1,
  CONSTRAINT `pk_users` PRIMARY KEY (`id`),
  CONSTRAINT `uq_users_email` UNIQUE (`email`),
  CONSTRAINT `fk_users_manager_id` FOREIGN KEY (`manager_id`) REFERENCES `users` (`id`) ON DELETE SET NULL,
  CONSTRAINT `ck_users_1` CHECK (age >= 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin;
CREATE INDEX `ix_users_manager_id` ON `users` (`manager_id`);
DROP TABLE IF EXISTS `users`;
CREATE TABLE `posts` (
  `id` bigint NOT NULL AUTO_INCREMENT,
  `author_id` bigint NOT NULL,
  `title` longtext NOT NULL,
  `rating` int,
  `day` date,
  CONSTRAINT `pk_posts` PRIMARY KEY (`id`),
  CONSTRAINT `fk_posts_author_id` FOREIGN KEY (`author_id`) REFERENCES `users` (`id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin;
CREATE INDEX `ix_posts_author_id_rating` ON `posts` (`author_id`, `rating`);
DROP TABLE IF EXISTS `posts`;
CREATE TABLE `tags` (
  `post_id` bigint NOT NULL,
  `label` varchar(40) NOT NULL,
  `uses` bigint NOT NULL DEFAULT 1,
  `previous` bigint,
  CONSTRAINT `pk_tags` PRIMARY KEY (`post_id`, `label`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin;
DROP TABLE IF EXISTS `tags`;
CREATE TABLE `a"b``c'd\e; --` (
  `select` bigint NOT NULL,
  `x"; DROP TABLE users; --` longtext NOT NULL DEFAULT (convert(X'69742773205c202271222060626020c3a93b202d2d' USING utf8mb4)),
  ```y``` varchar(30),
  `naïve 表` bigint,
  CONSTRAINT `pk_a"b``c'd\e; --` PRIMARY KEY (`select`),
  CONSTRAINT `uq_a"b``c'd\e; --_``y``` UNIQUE (```y```)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin;
CREATE INDEX `ix_a"b``c'd\e; --_naïve 表` ON `a"b``c'd\e; --` (`naïve 表`);
DROP TABLE IF EXISTS `a"b``c'd\e; --`;
CREATE TABLE `t1_0` (
  `id` bigint NOT NULL,
  `n` bigint,
  CONSTRAINT `pk_t1_0` PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin;
DROP TABLE IF EXISTS `t1_0`;
