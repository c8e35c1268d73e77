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
  CONSTRAINT `ck_users_fdd233ca` CHECK (age >= 0)
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
CREATE TABLE `counters` (
  `id` bigint NOT NULL AUTO_INCREMENT,
  `n` bigint NOT NULL DEFAULT -1,
  CONSTRAINT `pk_counters` PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin;
DROP TABLE IF EXISTS `counters`;
CREATE TABLE `types` (
  `id` bigint NOT NULL,
  `boolean` tinyint(1) NOT NULL DEFAULT 0,
  `smallint` smallint NOT NULL DEFAULT -32768,
  `integer` int NOT NULL DEFAULT 2147483647,
  `bigint` bigint NOT NULL DEFAULT -9223372036854775808,
  `tiny` tinyint unsigned NOT NULL DEFAULT 255,
  `small` smallint unsigned NOT NULL DEFAULT 65535,
  `whole` int unsigned NOT NULL DEFAULT 4294967295,
  `big` bigint unsigned NOT NULL DEFAULT 1,
  `real` float NOT NULL DEFAULT 0.5,
  `double` double NOT NULL DEFAULT -1e-07,
  `decimal` decimal(20,4) NOT NULL DEFAULT -12,
  `char` char(3) NOT NULL DEFAULT (convert(X'615c62' USING utf8mb4)),
  `varchar` varchar(30) NOT NULL DEFAULT (convert(X'273b202d2d205c2720c3a90af09f9880' USING utf8mb4)),
  `text` longtext NOT NULL DEFAULT (convert(X'5c' USING utf8mb4)),
  `bytes` longblob NOT NULL DEFAULT (unhex('00275cff')),
  `uuid` binary(16) NOT NULL DEFAULT (unhex('000102030405060708090a0b0c275cff')),
  `timestamp` datetime(6) NOT NULL DEFAULT '1969-12-31 23:59:59.999999',
  `now` datetime(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  `date` date NOT NULL DEFAULT '1969-12-31',
  `today` date NOT NULL DEFAULT (UTC_DATE()),
  `time` time(6) NOT NULL DEFAULT '23:59:59.999999',
  `time_now` time(6) NOT NULL DEFAULT (UTC_TIME(6)),
  `interval` varchar(64) NOT NULL DEFAULT 'P1Y2M-3DT1H0.000001S',
  `json` json NOT NULL DEFAULT (convert(X'7b2261223a20225c5c27227d' USING utf8mb4)),
  `array` json NOT NULL DEFAULT (convert(X'5b22615c22275c5c2c222c6e756c6c5d' USING utf8mb4)),
  `expression` bigint NOT NULL DEFAULT (1 + 2),
  CONSTRAINT `pk_types` PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin;
DROP TABLE IF EXISTS `types`;
