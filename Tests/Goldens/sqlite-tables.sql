CREATE TABLE "users" (
  "id" INTEGER NOT NULL CONSTRAINT "pk_users" PRIMARY KEY AUTOINCREMENT,
  "email" VARCHAR(255) NOT NULL,
  "name" TEXT,
  "age" BIGINT NOT NULL DEFAULT 0,
  "score" DOUBLE,
  "created_at" TIMESTAMP_INT NOT NULL DEFAULT (CAST(round((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000),
  "manager_id" BIGINT,
  "balance" DECIMAL_TEXT(12,2) COLLATE ROWAN_DECIMAL NOT NULL DEFAULT '0',
  "active" BOOLEAN NOT NULL DEFAULT 1,
  CONSTRAINT "uq_users_email" UNIQUE ("email"),
  CONSTRAINT "fk_users_manager_id" FOREIGN KEY ("manager_id") REFERENCES "users" ("id") ON DELETE SET NULL,
  CONSTRAINT "ck_users_fdd233ca" CHECK (age >= 0)
);
CREATE INDEX "ix_users_manager_id" ON "users" ("manager_id");
DROP TABLE IF EXISTS "users";
CREATE TABLE "posts" (
  "id" INTEGER NOT NULL CONSTRAINT "pk_posts" PRIMARY KEY AUTOINCREMENT,
  "author_id" BIGINT NOT NULL,
  "title" TEXT NOT NULL,
  "rating" INTEGER,
  "day" DATE_INT,
  CONSTRAINT "fk_posts_author_id" FOREIGN KEY ("author_id") REFERENCES "users" ("id") ON DELETE CASCADE
);
CREATE INDEX "ix_posts_author_id_rating" ON "posts" ("author_id", "rating");
DROP TABLE IF EXISTS "posts";
CREATE TABLE "tags" (
  "post_id" BIGINT NOT NULL,
  "label" VARCHAR(40) NOT NULL,
  "uses" BIGINT NOT NULL DEFAULT 1,
  "previous" BIGINT,
  CONSTRAINT "pk_tags" PRIMARY KEY ("post_id", "label")
);
DROP TABLE IF EXISTS "tags";
CREATE TABLE "a""b`c'd\e; --" (
  "select" INTEGER NOT NULL,
  "x""; DROP TABLE users; --" TEXT NOT NULL DEFAULT 'it''s \ "q" `b` é; --',
  "`y`" VARCHAR(30),
  "naïve 表" BIGINT,
  CONSTRAINT "pk_a""b`c'd\e; --" PRIMARY KEY ("select"),
  CONSTRAINT "uq_a""b`c'd\e; --_`y`" UNIQUE ("`y`")
);
CREATE INDEX "ix_a""b`c'd\e; --_naïve 表" ON "a""b`c'd\e; --" ("naïve 表");
DROP TABLE IF EXISTS "a""b`c'd\e; --";
CREATE TABLE "t1_0" (
  "id" INTEGER NOT NULL,
  "n" BIGINT,
  CONSTRAINT "pk_t1_0" PRIMARY KEY ("id")
);
DROP TABLE IF EXISTS "t1_0";
CREATE TABLE "counters" (
  "id" INTEGER NOT NULL CONSTRAINT "pk_counters" PRIMARY KEY AUTOINCREMENT,
  "n" BIGINT NOT NULL DEFAULT -1
);
DROP TABLE IF EXISTS "counters";
CREATE TABLE "types" (
  "id" INTEGER NOT NULL,
  "boolean" BOOLEAN NOT NULL DEFAULT 0,
  "smallint" SMALLINT NOT NULL DEFAULT -32768,
  "integer" INTEGER NOT NULL DEFAULT 2147483647,
  "bigint" BIGINT NOT NULL DEFAULT -9223372036854775808,
  "tiny" UNSIGNED TINYINT NOT NULL DEFAULT 255,
  "small" UNSIGNED SMALLINT NOT NULL DEFAULT 65535,
  "whole" UNSIGNED INTEGER NOT NULL DEFAULT 4294967295,
  "big" UNSIGNED BIGINT NOT NULL DEFAULT 1,
  "real" REAL NOT NULL DEFAULT 0.5,
  "double" DOUBLE NOT NULL DEFAULT -1e-07,
  "decimal" DECIMAL_TEXT(20,4) COLLATE ROWAN_DECIMAL NOT NULL DEFAULT '-12',
  "char" CHAR(3) NOT NULL DEFAULT 'a\b',
  "varchar" VARCHAR(30) NOT NULL DEFAULT '''; -- \'' é
😀',
  "text" TEXT NOT NULL DEFAULT '\',
  "bytes" BLOB NOT NULL DEFAULT X'00275cff',
  "uuid" UUID_BLOB NOT NULL DEFAULT X'000102030405060708090a0b0c275cff',
  "timestamp" TIMESTAMP_INT NOT NULL DEFAULT -1,
  "now" TIMESTAMP_INT NOT NULL DEFAULT (CAST(round((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000),
  "date" DATE_INT NOT NULL DEFAULT -1,
  "today" DATE_INT NOT NULL DEFAULT (CAST(julianday('now', 'start of day') - 2440587.5 AS INTEGER)),
  "time" TIME_INT NOT NULL DEFAULT 86399999999,
  "time_now" TIME_INT NOT NULL DEFAULT ((CAST(round((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000) % 86400000000),
  "interval" DURATION_TEXT NOT NULL DEFAULT 'P1Y2M-3DT1H0.000001S',
  "json" JSON_TEXT NOT NULL DEFAULT '{"a": "\\''"}',
  "array" ARRAY_TEXT /* array(text) */ NOT NULL DEFAULT '["a\"''\\,",null]',
  "expression" BIGINT NOT NULL DEFAULT (1 + 2),
  CONSTRAINT "pk_types" PRIMARY KEY ("id")
);
DROP TABLE IF EXISTS "types";
