-- rows
SELECT t0."id", t0."email", t0."name", t0."age", t0."score", t0."created_at", t0."manager_id", t0."balance", t0."active" FROM "users" AS t0 ORDER BY t0."id"
--   out: users.id bigint, users.email varchar(255), users.name text, users.age bigint, users.score double, users.created_at timestamp, users.manager_id bigint, users.balance decimal(12,2), users.active boolean

-- projection
SELECT t0."id", t0."email" FROM "users" AS t0 ORDER BY t0."id"
--   out: users.id bigint, users.email text

-- distinct
SELECT DISTINCT t0."age" FROM "users" AS t0 ORDER BY t0."age"
--   out: users.age bigint

-- limit
SELECT t0."id" FROM "users" AS t0 ORDER BY t0."id" LIMIT ?
--   in: #0 bigint
--   out: users.id bigint

-- limit and offset
SELECT t0."id" FROM "users" AS t0 ORDER BY t0."id" LIMIT ? OFFSET ?
--   in: #0 bigint, #1 bigint
--   out: users.id bigint

-- offset alone
SELECT t0."id" FROM "users" AS t0 ORDER BY t0."id" LIMIT -1 OFFSET ?
--   in: #0 bigint
--   out: users.id bigint

-- order by several
SELECT t0."id" FROM "users" AS t0 ORDER BY t0."age" DESC, t0."id"
--   out: users.id bigint

-- nulls first
SELECT t0."id" FROM "users" AS t0 ORDER BY t0."manager_id" NULLS FIRST, t0."id"
--   out: users.id bigint

-- nulls last
SELECT t0."id" FROM "users" AS t0 ORDER BY t0."manager_id" NULLS LAST, t0."id"
--   out: users.id bigint

-- descending nulls first
SELECT t0."id" FROM "users" AS t0 ORDER BY t0."manager_id" DESC NULLS FIRST, t0."id"
--   out: users.id bigint

-- descending nulls last
SELECT t0."id" FROM "users" AS t0 ORDER BY t0."manager_id" DESC NULLS LAST, t0."id"
--   out: users.id bigint

-- nulls last of an expression with a value
SELECT t0."id" FROM "users" AS t0 ORDER BY t0."manager_id" + ? NULLS LAST, t0."id"
--   in: #0 bigint
--   out: users.id bigint

-- inner join
SELECT t0."id", t1."id" FROM "users" AS t0 JOIN "posts" AS t1 ON t0."id" = t1."author_id" ORDER BY t1."id"
--   out: users.id bigint, posts.id bigint

-- join with every column
SELECT t0."id", t0."email", t0."name", t0."age", t0."score", t0."created_at", t0."manager_id", t0."balance", t0."active", t1."id", t1."author_id", t1."title", t1."rating", t1."day" FROM "users" AS t0 JOIN "posts" AS t1 ON t0."id" = t1."author_id" ORDER BY t1."id"
--   out: users.id bigint, users.email varchar(255), users.name text, users.age bigint, users.score double, users.created_at timestamp, users.manager_id bigint, users.balance decimal(12,2), users.active boolean, posts.id bigint, posts.author_id bigint, posts.title text, posts.rating integer, posts.day date

-- left join with a condition on the outer side
SELECT t0."id", t1."id" FROM "users" AS t0 LEFT JOIN "posts" AS t1 ON t0."id" = t1."author_id" AND t1."rating" > ? ORDER BY t0."id", t1."id"
--   in: #0 integer
--   out: users.id bigint, posts.id bigint

-- right join
SELECT t0."id", t1."id" FROM "users" AS t0 RIGHT JOIN "posts" AS t1 ON t0."id" = t1."author_id" ORDER BY t1."id"
--   out: users.id bigint, posts.id bigint

-- full join
SELECT t0."id", t1."id" FROM "users" AS t0 FULL JOIN "posts" AS t1 ON t0."id" = t1."author_id" WHERE t1."id" IS NULL
--   out: users.id bigint, posts.id bigint

-- cross join
SELECT t0."id", t1."id" FROM "users" AS t0 CROSS JOIN "posts" AS t1 ORDER BY t0."id", t1."id"
--   out: users.id bigint, posts.id bigint

-- self join
SELECT t0."id", t1."id" FROM "users" AS t0 JOIN "users" AS t1 ON t1."id" = t0."manager_id" ORDER BY t0."id"
--   out: users.id bigint, users.id bigint

-- three tables
SELECT t0."email", t2."email" FROM "users" AS t0 JOIN "posts" AS t1 ON t0."id" = t1."author_id" LEFT JOIN "users" AS t2 ON t2."id" = t0."manager_id" ORDER BY t1."id"
--   out: users.email text, users.email text

-- lateral join
--   unsupported: LATERAL is not supported by sqlite
--   hint: use a window function in a sub-query

-- count
SELECT count(*) FROM "users" AS t0
--   out: column 1 bigint

-- group and having
SELECT t0."age", count(*) FROM "users" AS t0 GROUP BY t0."age" HAVING count(*) > ? ORDER BY t0."age"
--   in: #0 bigint
--   out: users.age bigint, column 2 bigint

-- group by an expression with a value
SELECT t0."age" % ?, count(*) FROM "users" AS t0 GROUP BY 1 ORDER BY 1
--   in: #0 bigint
--   out: column 1 bigint, column 2 bigint

-- a grouping key said again in every clause
SELECT t0."age" % ? + ?, count(*) FROM "users" AS t0 GROUP BY t0."age" % ? HAVING t0."age" % ? > ? AND EXISTS (SELECT 1 FROM "users" AS t1_0 WHERE t1_0."age" = t0."age" % ?) ORDER BY max(t0."age" % ?), t0."age" % ?
--   in: #0 bigint, #1 bigint, #2 bigint, #3 bigint, #4 bigint, #5 bigint, #6 bigint, #7 bigint
--   out: column 1 bigint, column 2 bigint

-- aggregates
SELECT count(t0."name"), count(DISTINCT t0."age"), sum(t0."age"), avg(t0."age"), sum(t0."score"), avg(t0."score"), min(t0."email"), max(t0."created_at") FROM "users" AS t0
--   out: column 1 bigint, column 2 bigint, column 3 bigint, column 4 double, column 5 double, column 6 double, column 7 text, column 8 timestamp

-- aggregates of decimals
SELECT rowan_decimal_sum(t0."balance"), CAST(rowan_decimal_avg(t0."balance") AS REAL), min(t0."balance"), max(t0."balance") FROM "users" AS t0
--   out: column 1 decimal(38,2), column 2 double, column 3 decimal(12,2), column 4 decimal(12,2)

-- ordered by a sum of decimals
SELECT t0."age", rowan_decimal_sum(t0."balance") FROM "users" AS t0 GROUP BY t0."age" ORDER BY rowan_decimal_sum(t0."balance") COLLATE ROWAN_DECIMAL DESC, t0."age"
--   out: users.age bigint, column 2 decimal(38,2)

-- sum compared with a value
SELECT t0."age" FROM "users" AS t0 GROUP BY t0."age" HAVING sum(t0."id") < ? ORDER BY t0."age"
--   in: #0 bigint
--   out: users.age bigint

-- the same table at three depths
SELECT t0."id" FROM "users" AS t0 WHERE EXISTS (SELECT 1 FROM "users" AS t1_0 WHERE t1_0."manager_id" = t0."id" AND NOT (EXISTS (SELECT 1 FROM "users" AS t2_0 WHERE t2_0."manager_id" = t1_0."id" AND t2_0."id" <> t0."id"))) ORDER BY t0."id"
--   out: users.id bigint

-- correlated scalar
SELECT t0."id", (SELECT max(t1_0."rating") FROM "posts" AS t1_0 WHERE t1_0."author_id" = t0."id") FROM "users" AS t0 ORDER BY t0."id"
--   out: users.id bigint, column 2 integer

-- in a query built outside
SELECT t0."id" FROM "users" AS t0 WHERE t0."id" IN (SELECT t0."author_id" FROM "posts" AS t0) ORDER BY t0."id"
--   out: users.id bigint

-- not in a query
SELECT t0."id" FROM "users" AS t0 WHERE t0."id" NOT IN (SELECT t0."author_id" FROM "posts" AS t0 WHERE t0."rating" IS NOT NULL) ORDER BY t0."id"
--   out: users.id bigint

-- in a limited query
SELECT t0."id" FROM "users" AS t0 WHERE t0."id" IN (SELECT t0."author_id" FROM "posts" AS t0 ORDER BY t0."id" LIMIT ?) ORDER BY t0."id"
--   in: #0 bigint
--   out: users.id bigint

-- from a query
SELECT count(*) FROM (SELECT t0."author_id" AS c0 FROM "posts" AS t0 ORDER BY t0."id" LIMIT ?) AS t0
--   in: #0 bigint
--   out: column 1 bigint

-- from a query over two tables
SELECT t0.c11 FROM (SELECT t0."id" AS c0, t0."email" AS c1, t0."name" AS c2, t0."age" AS c3, t0."score" AS c4, t0."created_at" AS c5, t0."manager_id" AS c6, t0."balance" AS c7, t0."active" AS c8, t1."id" AS c9, t1."author_id" AS c10, t1."title" AS c11, t1."rating" AS c12, t1."day" AS c13 FROM "users" AS t0 JOIN "posts" AS t1 ON t0."id" = t1."author_id") AS t0 ORDER BY t0.c9
--   out: posts.title text

-- union
SELECT t0."id" FROM "users" AS t0 WHERE t0."age" < ? UNION SELECT t0."id" FROM "users" AS t0 WHERE t0."name" IS NOT NULL ORDER BY 1
--   in: #0 bigint
--   out: users.id bigint

-- union all with limit
SELECT t0."id" FROM "users" AS t0 WHERE t0."age" < ? UNION ALL SELECT t0."id" FROM "users" AS t0 WHERE t0."name" IS NOT NULL ORDER BY 1 DESC LIMIT ? OFFSET ?
--   in: #0 bigint, #1 bigint, #2 bigint
--   out: users.id bigint

-- intersect
SELECT t0."id" FROM "users" AS t0 WHERE t0."age" < ? INTERSECT SELECT t0."id" FROM "users" AS t0 WHERE t0."name" IS NOT NULL ORDER BY 1
--   in: #0 bigint
--   out: users.id bigint

-- except
SELECT t0."id" FROM "users" AS t0 WHERE t0."name" IS NOT NULL EXCEPT SELECT t0."id" FROM "users" AS t0 WHERE t0."age" > ? ORDER BY 1
--   in: #0 bigint
--   out: users.id bigint

-- union then intersect
SELECT t0."id" FROM "users" AS t0 WHERE t0."age" < ? UNION SELECT t0."id" FROM "users" AS t0 WHERE t0."age" > ? INTERSECT SELECT t0."id" FROM "users" AS t0 WHERE t0."name" IS NOT NULL ORDER BY 1
--   in: #0 bigint, #1 bigint
--   out: users.id bigint

-- intersect then union
SELECT t0."id" FROM "users" AS t0 WHERE t0."age" < ? INTERSECT SELECT t0."id" FROM "users" AS t0 WHERE t0."name" IS NOT NULL UNION SELECT t0."id" FROM "users" AS t0 WHERE t0."age" > ? ORDER BY 1
--   in: #0 bigint, #1 bigint
--   out: users.id bigint

-- arm with its own order and limit
SELECT t0."id" FROM "users" AS t0 WHERE t0."age" < ? UNION ALL SELECT * FROM (SELECT t0."id" AS c0 FROM "users" AS t0 ORDER BY t0."id" DESC LIMIT ?) ORDER BY 1
--   in: #0 bigint, #1 bigint
--   out: users.id bigint

-- set operation ordered by an expression
SELECT ts0.c0 FROM (SELECT t0."email" AS c0 FROM "users" AS t0 UNION SELECT t0."email" AS c0 FROM "users" AS t0) AS ts0 ORDER BY length(ts0.c0), ts0.c0
--   out: users.email text

-- set operation with nulls last
SELECT t0."manager_id" FROM "users" AS t0 UNION SELECT t0."id" FROM "users" AS t0 ORDER BY 1 NULLS LAST
--   out: manager_id bigint

-- count of a union
SELECT count(*) FROM (SELECT t0."id" AS c0 FROM "users" AS t0 WHERE t0."age" < ? UNION SELECT t0."id" AS c0 FROM "users" AS t0 WHERE t0."name" IS NOT NULL) AS t0
--   in: #0 bigint
--   out: column 1 bigint

-- row number in a partition
SELECT row_number() OVER (PARTITION BY t0."age" ORDER BY t0."manager_id" DESC NULLS LAST, t0."id") FROM "users" AS t0 ORDER BY t0."id"
--   out: column 1 bigint

-- rank
SELECT rank() OVER (ORDER BY t0."age") FROM "users" AS t0 ORDER BY t0."id"
--   out: column 1 bigint

-- lag
SELECT lag(t0."id", ?) OVER (ORDER BY t0."id") FROM "users" AS t0 ORDER BY t0."id"
--   in: #0 bigint
--   out: column 1 bigint

-- running sum
SELECT sum(t0."age") OVER (ORDER BY t0."id") FROM "users" AS t0 ORDER BY t0."id"
--   out: column 1 bigint

-- running mean
SELECT avg(t0."age") OVER (ORDER BY t0."id") FROM "users" AS t0 ORDER BY t0."id"
--   out: column 1 double

-- running sum plus one
SELECT sum(t0."age") OVER (ORDER BY t0."id") * ? FROM "users" AS t0 ORDER BY t0."id"
--   in: #0 bigint
--   out: column 1 bigint

-- windowed count
SELECT count(*) OVER (PARTITION BY t0."age") FROM "users" AS t0 ORDER BY t0."id"
--   out: column 1 bigint

-- equal
SELECT t0."id" FROM "users" AS t0 WHERE t0."age" = ? ORDER BY t0."id"
--   in: #0 bigint
--   out: users.id bigint

-- not equal
SELECT t0."id" FROM "users" AS t0 WHERE t0."age" <> ? ORDER BY t0."id"
--   in: #0 bigint
--   out: users.id bigint

-- less
SELECT t0."id" FROM "users" AS t0 WHERE t0."age" < ? ORDER BY t0."id"
--   in: #0 bigint
--   out: users.id bigint

-- less or equal
SELECT t0."id" FROM "users" AS t0 WHERE t0."age" <= ? ORDER BY t0."id"
--   in: #0 bigint
--   out: users.id bigint

-- greater
SELECT t0."id" FROM "users" AS t0 WHERE t0."age" > ? ORDER BY t0."id"
--   in: #0 bigint
--   out: users.id bigint

-- greater or equal
SELECT t0."id" FROM "users" AS t0 WHERE t0."age" >= ? ORDER BY t0."id"
--   in: #0 bigint
--   out: users.id bigint

-- two columns
SELECT t0."id" FROM "users" AS t0 WHERE t0."id" = t0."manager_id" ORDER BY t0."id"
--   out: users.id bigint

-- is null
SELECT t0."id" FROM "users" AS t0 WHERE t0."name" IS NULL ORDER BY t0."id"
--   out: users.id bigint

-- is not null
SELECT t0."id" FROM "users" AS t0 WHERE t0."name" IS NOT NULL ORDER BY t0."id"
--   out: users.id bigint

-- expression is null
SELECT t0."id" FROM "users" AS t0 WHERE t0."manager_id" + t0."id" IS NULL ORDER BY t0."id"
--   out: users.id bigint

-- truth value
SELECT t0."id" FROM "users" AS t0 WHERE t0."active" = ? ORDER BY t0."id"
--   in: #0 boolean
--   out: users.id bigint

-- decimal
SELECT t0."id" FROM "users" AS t0 WHERE t0."balance" < ? ORDER BY t0."id"
--   in: #0 decimal(12,2)
--   out: users.id bigint

-- decimal expression
SELECT t0."id" FROM "users" AS t0 WHERE rowan_decimal_add(t0."balance", ?) COLLATE ROWAN_DECIMAL > ? ORDER BY t0."id"
--   in: #0 decimal(12,2), #1 decimal(12,2)
--   out: users.id bigint

-- timestamp
SELECT t0."id" FROM "users" AS t0 WHERE t0."created_at" < ? ORDER BY t0."id"
--   in: #0 timestamp
--   out: users.id bigint

-- between
SELECT t0."id" FROM "users" AS t0 WHERE t0."age" BETWEEN ? AND ? ORDER BY t0."id"
--   in: #0 bigint, #1 bigint
--   out: users.id bigint

-- not between
SELECT t0."id" FROM "users" AS t0 WHERE t0."age" NOT BETWEEN ? AND ? ORDER BY t0."id"
--   in: #0 bigint, #1 bigint
--   out: users.id bigint

-- distinct from
SELECT t0."id" FROM "users" AS t0 WHERE t0."name" IS NOT ? ORDER BY t0."id"
--   in: #0 text
--   out: users.id bigint

-- not distinct from
SELECT t0."id" FROM "users" AS t0 WHERE t0."name" IS ? ORDER BY t0."id"
--   in: #0 text
--   out: users.id bigint

-- columns not distinct
SELECT t0."id" FROM "users" AS t0 WHERE t0."manager_id" IS t0."manager_id" ORDER BY t0."id"
--   out: users.id bigint

-- like pattern
SELECT t0."id" FROM "users" AS t0 WHERE t0."name" GLOB ? ORDER BY t0."id"
--   in: f(#0) text
--   out: users.id bigint

-- not like pattern
SELECT t0."id" FROM "users" AS t0 WHERE t0."name" NOT GLOB ? ORDER BY t0."id"
--   in: f(#0) text
--   out: users.id bigint

-- like pattern in any case
SELECT t0."id" FROM "users" AS t0 WHERE t0."name" LIKE ? ESCAPE '|' ORDER BY t0."id"
--   in: f(#0) text
--   out: users.id bigint

-- like pattern of an expression
SELECT t0."id" FROM "users" AS t0 WHERE lower(t0."name") GLOB ? ORDER BY t0."id"
--   in: f(#0) text
--   out: users.id bigint

-- like prefix
SELECT t0."id" FROM "users" AS t0 WHERE t0."name" >= ? COLLATE BINARY AND t0."name" < ? COLLATE BINARY ORDER BY t0."id"
--   in: f(#0) text, f(#0) untyped
--   out: users.id bigint

-- not like prefix
SELECT t0."id" FROM "users" AS t0 WHERE t0."name" < ? COLLATE BINARY OR t0."name" >= ? COLLATE BINARY ORDER BY t0."id"
--   in: f(#0) text, f(#0) untyped
--   out: users.id bigint

-- like prefix in any case
SELECT t0."id" FROM "users" AS t0 WHERE t0."name" LIKE ? ESCAPE '|' ORDER BY t0."id"
--   in: f(#0) text
--   out: users.id bigint

-- like prefix of an expression
SELECT t0."id" FROM "users" AS t0 WHERE lower(t0."name") GLOB ? ORDER BY t0."id"
--   in: f(#0) text
--   out: users.id bigint

-- like suffix
SELECT t0."id" FROM "users" AS t0 WHERE t0."name" GLOB ? ORDER BY t0."id"
--   in: f(#0) text
--   out: users.id bigint

-- not like suffix
SELECT t0."id" FROM "users" AS t0 WHERE t0."name" NOT GLOB ? ORDER BY t0."id"
--   in: f(#0) text
--   out: users.id bigint

-- like suffix in any case
SELECT t0."id" FROM "users" AS t0 WHERE t0."name" LIKE ? ESCAPE '|' ORDER BY t0."id"
--   in: f(#0) text
--   out: users.id bigint

-- like suffix of an expression
SELECT t0."id" FROM "users" AS t0 WHERE lower(t0."name") GLOB ? ORDER BY t0."id"
--   in: f(#0) text
--   out: users.id bigint

-- like contains
SELECT t0."id" FROM "users" AS t0 WHERE instr(t0."name", ?) > 0 ORDER BY t0."id"
--   in: f(#0) text
--   out: users.id bigint

-- not like contains
SELECT t0."id" FROM "users" AS t0 WHERE instr(t0."name", ?) = 0 ORDER BY t0."id"
--   in: f(#0) text
--   out: users.id bigint

-- like contains in any case
SELECT t0."id" FROM "users" AS t0 WHERE t0."name" LIKE ? ESCAPE '|' ORDER BY t0."id"
--   in: f(#0) text
--   out: users.id bigint

-- like contains of an expression
SELECT t0."id" FROM "users" AS t0 WHERE instr(lower(t0."name"), ?) > 0 ORDER BY t0."id"
--   in: f(#0) text
--   out: users.id bigint

-- in
SELECT t0."id" FROM "users" AS t0 WHERE t0."id" IN (?, ?, ?, ?) ORDER BY t0."id"
--   in: #0[0] bigint, #0[1] bigint, #0[2] bigint, #0[3] bigint
--   out: users.id bigint

-- not in
SELECT t0."id" FROM "users" AS t0 WHERE t0."id" NOT IN (?, ?, ?, ?) ORDER BY t0."id"
--   in: #0[0] bigint, #0[1] bigint, #0[2] bigint, #0[3] bigint
--   out: users.id bigint

-- in a list of texts
SELECT t0."id" FROM "users" AS t0 WHERE t0."active" = ? AND t0."email" IN (?) ORDER BY t0."id"
--   in: #0 boolean, #1[0] varchar(255)
--   out: users.id bigint

-- in a long list
SELECT t0."id" FROM "users" AS t0 WHERE t0."id" IN (SELECT value FROM json_each(?)) ORDER BY t0."id"
--   in: f(#0) text
--   out: users.id bigint

-- and
SELECT t0."id" FROM "users" AS t0 WHERE t0."age" = ? AND t0."age" = ? ORDER BY t0."id"
--   in: #0 bigint, #1 bigint
--   out: users.id bigint

-- or
SELECT t0."id" FROM "users" AS t0 WHERE t0."age" = ? OR t0."age" = ? ORDER BY t0."id"
--   in: #0 bigint, #1 bigint
--   out: users.id bigint

-- and inside or
SELECT t0."id" FROM "users" AS t0 WHERE t0."age" = ? OR (t0."age" = ? AND t0."age" = ?) ORDER BY t0."id"
--   in: #0 bigint, #1 bigint, #2 bigint
--   out: users.id bigint

-- or inside and
SELECT t0."id" FROM "users" AS t0 WHERE t0."age" = ? AND (t0."age" = ? OR t0."age" = ?) ORDER BY t0."id"
--   in: #0 bigint, #1 bigint, #2 bigint
--   out: users.id bigint

-- not and
SELECT t0."id" FROM "users" AS t0 WHERE NOT (t0."age" = ? AND t0."age" = ?) ORDER BY t0."id"
--   in: #0 bigint, #1 bigint
--   out: users.id bigint

-- not not
SELECT t0."id" FROM "users" AS t0 WHERE NOT (NOT (t0."age" = ?)) ORDER BY t0."id"
--   in: #0 bigint
--   out: users.id bigint

-- nothing to hold
SELECT t0."id" FROM "users" AS t0 WHERE 1 ORDER BY t0."id"
--   out: users.id bigint

-- nothing that could hold
SELECT t0."id" FROM "users" AS t0 WHERE 0 ORDER BY t0."id"
--   out: users.id bigint

-- one alone
SELECT t0."id" FROM "users" AS t0 WHERE t0."age" = ? ORDER BY t0."id"
--   in: #0 bigint
--   out: users.id bigint

-- constants
SELECT t0."id" FROM "users" AS t0 WHERE 0 OR 1 ORDER BY t0."id"
--   out: users.id bigint

-- condition compared
SELECT t0."id" FROM "users" AS t0 WHERE (t0."name" IS NULL) = (t0."age" = ?) ORDER BY t0."id"
--   in: #0 bigint
--   out: users.id bigint

-- sum of product
SELECT t0."id" + t0."age" * ? FROM "users" AS t0 ORDER BY t0."id"
--   in: #0 bigint
--   out: column 1 bigint

-- product of sum
SELECT (t0."id" + t0."age") * ? FROM "users" AS t0 ORDER BY t0."id"
--   in: #0 bigint
--   out: column 1 bigint

-- left to right
SELECT t0."id" - t0."age" - ? FROM "users" AS t0 ORDER BY t0."id"
--   in: #0 bigint
--   out: column 1 bigint

-- right to left
SELECT t0."id" - (t0."age" - ?) FROM "users" AS t0 ORDER BY t0."id"
--   in: #0 bigint
--   out: column 1 bigint

-- quotient of quotient
SELECT t0."age" / (? / t0."id") FROM "users" AS t0 ORDER BY t0."id"
--   in: #0 bigint
--   out: column 1 bigint

-- integer division
SELECT t0."age" / ? FROM "users" AS t0 ORDER BY t0."id"
--   in: #0 bigint
--   out: column 1 bigint

-- double division
SELECT t0."score" / ? FROM "users" AS t0 ORDER BY t0."id"
--   in: #0 double
--   out: column 1 double

-- remainder
SELECT t0."age" % ? FROM "users" AS t0 ORDER BY t0."id"
--   in: #0 bigint
--   out: column 1 bigint

-- remainder of doubles
SELECT t0."score" - ? * CAST(t0."score" / ? AS INTEGER) FROM "users" AS t0 ORDER BY t0."id"
--   in: #0 double, #0 double
--   out: column 1 double

-- decimal arithmetic
SELECT rowan_decimal_mul(t0."balance", rowan_decimal_sub(t0."balance", ?)) FROM "users" AS t0 ORDER BY t0."id"
--   in: #0 decimal(12,2)
--   out: column 1 decimal(38,4)

-- concatenation
SELECT t0."email" || ? || t0."name" FROM "users" AS t0 ORDER BY t0."id"
--   in: #0 varchar(255)
--   out: column 1 text

-- concatenation compared
SELECT t0."id" FROM "users" AS t0 WHERE t0."name" || ? = ? ORDER BY t0."id"
--   in: #0 text, #1 text
--   out: users.id bigint

-- lower and upper
SELECT lower(t0."name") || upper(t0."name") FROM "users" AS t0 ORDER BY t0."id"
--   out: column 1 text

-- trim
SELECT trim(t0."name") FROM "users" AS t0 ORDER BY t0."id"
--   out: column 1 text

-- length
SELECT length(t0."name") FROM "users" AS t0 ORDER BY t0."id"
--   out: column 1 bigint

-- substring
SELECT substr(t0."name", ?, ?) FROM "users" AS t0 ORDER BY t0."id"
--   in: #0 bigint, #1 bigint
--   out: column 1 text

-- replace
SELECT replace(t0."name", ?, ?) FROM "users" AS t0 ORDER BY t0."id"
--   in: #0 text, #1 text
--   out: column 1 text

-- abs
SELECT abs(t0."id" - t0."age") FROM "users" AS t0 ORDER BY t0."id"
--   out: column 1 bigint

-- abs of a decimal
SELECT rowan_decimal_abs(t0."balance") FROM "users" AS t0 ORDER BY t0."id"
--   out: column 1 decimal(12,2)

-- round
SELECT round(t0."score") FROM "users" AS t0 ORDER BY t0."id"
--   out: column 1 double

-- round of an integer
SELECT t0."age" FROM "users" AS t0 ORDER BY t0."id"
--   out: column 1 bigint

-- round of a decimal
SELECT rowan_decimal_round(t0."balance", 0) FROM "users" AS t0 ORDER BY t0."id"
--   out: column 1 decimal(12,2)

-- floor
SELECT CASE WHEN abs(t0."score") < 9007199254740992.0 THEN CAST(CAST(t0."score" AS INTEGER) - (t0."score" < CAST(t0."score" AS INTEGER)) AS REAL) ELSE t0."score" END FROM "users" AS t0 ORDER BY t0."id"
--   out: column 1 double

-- ceiling
SELECT CASE WHEN abs(t0."score") < 9007199254740992.0 THEN CAST(CAST(t0."score" AS INTEGER) + (t0."score" > CAST(t0."score" AS INTEGER)) AS REAL) ELSE t0."score" END FROM "users" AS t0 ORDER BY t0."id"
--   out: column 1 double

-- coalesce
SELECT coalesce(t0."name", ?) FROM "users" AS t0 ORDER BY t0."id"
--   in: #0 text
--   out: column 1 text

-- coalesce of two columns
SELECT coalesce(t0."name", t0."email") FROM "users" AS t0 ORDER BY t0."id"
--   out: column 1 text

-- nullif
SELECT nullif(t0."age", ?) FROM "users" AS t0 ORDER BY t0."id"
--   in: #0 bigint
--   out: column 1 bigint

-- greatest and least
SELECT max(t0."id", t0."age") - min(t0."id", t0."age") FROM "users" AS t0 ORDER BY t0."id"
--   out: column 1 bigint

-- now
SELECT t0."id" FROM "users" AS t0 WHERE t0."created_at" <= (CAST(round((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000) ORDER BY t0."id"
--   out: users.id bigint

-- cast to text
SELECT CAST(t0."id" AS TEXT) FROM "users" AS t0 ORDER BY t0."id"
--   out: column 1 text

-- cast to double
SELECT CAST(t0."age" AS REAL) FROM "users" AS t0 ORDER BY t0."id"
--   out: column 1 double

-- cast to an integer
SELECT CAST(t0."score" AS INTEGER) FROM "users" AS t0 ORDER BY t0."id"
--   out: column 1 bigint

-- case
SELECT CASE WHEN t0."age" > ? THEN ? WHEN t0."name" IS NULL THEN t0."name" ELSE ? END FROM "users" AS t0 ORDER BY t0."id"
--   in: #0 bigint, #1 text, #2 text
--   out: column 1 text

-- case without else
SELECT CASE WHEN t0."age" > ? THEN t0."age" END FROM "users" AS t0 ORDER BY t0."id"
--   in: #0 bigint
--   out: column 1 bigint

-- raw fragment
SELECT t0."id" FROM "users" AS t0 WHERE (t0."id" + ? > 10) AND (1 = 1 OR 1 = 0) ORDER BY t0."id"
--   in: #0 bigint
--   out: users.id bigint

-- condition as a value
SELECT t0."age" > ? AND t0."name" IS NOT NULL FROM "users" AS t0 ORDER BY t0."id"
--   in: #0 bigint
--   out: column 1 boolean

-- insert one
INSERT INTO "users" ("email", "age") VALUES (?, ?)
--   in: #0 varchar(255), #1 bigint

-- insert several
INSERT INTO "users" ("email", "name") VALUES (?, ?), (?, ?)
--   in: #0 varchar(255), #1 text, #2 varchar(255), #3 text

-- insert a key alone
INSERT INTO "t1_0" ("id") VALUES (?)
--   in: #0 bigint

-- insert defaults
INSERT INTO "counters" DEFAULT VALUES

-- insert rows of defaults
--   unsupported: inserting 2 rows of nothing but defaults at once is not supported by sqlite
--   hint: insert them one by one

-- insert returning
INSERT INTO "users" ("email") VALUES (?) RETURNING "users"."id", "users"."email", "users"."name", "users"."age", "users"."score", "users"."created_at", "users"."manager_id", "users"."balance", "users"."active"
--   in: #0 varchar(255)
--   out: users.id bigint, users.email varchar(255), users.name text, users.age bigint, users.score double, users.created_at timestamp, users.manager_id bigint, users.balance decimal(12,2), users.active boolean

-- insert returning one column
INSERT INTO "users" ("email") VALUES (?) RETURNING "users"."id", length("users"."email")
--   in: #0 varchar(255)
--   out: users.id bigint, column 2 bigint

-- insert expressions
INSERT INTO "users" ("email", "age") VALUES (? || ?, ?)
--   in: #0 text, #1 text, #2 bigint

-- insert from a query
INSERT INTO "posts" ("author_id", "title") SELECT t0."id", t0."email" FROM "users" AS t0 WHERE t0."age" > ?
--   in: #0 bigint

-- insert from arrays
--   unsupported: an insert from one array per column is not supported by sqlite
--   hint: insert rows of values

-- ignore a conflict
INSERT INTO "tags" ("post_id", "label", "uses") VALUES (?, ?, ?) ON CONFLICT ("post_id", "label") DO NOTHING
--   in: #0 bigint, #1 varchar(40), #2 bigint

-- ignore any conflict
INSERT INTO "tags" ("post_id", "label", "uses") VALUES (?, ?, ?) ON CONFLICT DO NOTHING
--   in: #0 bigint, #1 varchar(40), #2 bigint

-- upsert
INSERT INTO "tags" ("post_id", "label", "uses") VALUES (?, ?, ?) ON CONFLICT ("post_id", "label") DO UPDATE SET "uses" = rowan_integer("tags"."uses" + excluded."uses")
--   in: #0 bigint, #1 varchar(40), #2 bigint

-- upsert that reads what it sets
INSERT INTO "tags" ("post_id", "label", "uses") VALUES (?, ?, ?) ON CONFLICT ("post_id", "label") DO UPDATE SET "uses" = rowan_integer("tags"."uses" + ?), "previous" = rowan_integer(coalesce("tags"."uses", "tags"."previous"))
--   in: #0 bigint, #1 varchar(40), #2 bigint, #3 bigint

-- upsert on any key
INSERT INTO "tags" ("post_id", "label", "uses") VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET "uses" = ?
--   in: #0 bigint, #1 varchar(40), #2 bigint, #3 bigint

-- upsert on one of several keys
INSERT INTO "users" ("id", "email") VALUES (?, ?) ON CONFLICT ("email") DO UPDATE SET "name" = ?
--   in: #0 bigint, #1 varchar(255), #2 text

-- upsert with returning
INSERT INTO "users" ("email", "age") VALUES (?, ?) ON CONFLICT ("email") DO UPDATE SET "age" = excluded."age" RETURNING "users"."id"
--   in: #0 varchar(255), #1 bigint
--   out: users.id bigint

-- upsert from a query
INSERT INTO "tags" ("post_id", "label", "uses") SELECT t0."id", ?, t0."id" FROM "posts" AS t0 WHERE 1 ON CONFLICT ("post_id", "label") DO UPDATE SET "uses" = excluded."uses"
--   in: #0 text

-- update
UPDATE "users" SET "name" = ?, "age" = ? WHERE "users"."id" = ?
--   in: #0 text, #1 bigint, #2 bigint

-- update to null
UPDATE "users" SET "name" = ? WHERE "users"."id" = ?
--   in: #0 text, #1 bigint

-- update from itself
UPDATE "users" SET "age" = rowan_integer("users"."age" + ?)
--   in: #0 bigint

-- update that reads what it sets
UPDATE "users" SET "age" = rowan_integer("users"."age" + ?), "score" = "users"."age" WHERE "users"."id" = ?
--   in: #0 bigint, #1 bigint

-- update in a circle
UPDATE "tags" SET "uses" = rowan_integer(coalesce("tags"."previous", ?)), "previous" = "tags"."uses"
--   in: #0 bigint

-- update where exists
UPDATE "users" SET "active" = ? WHERE EXISTS (SELECT 1 FROM "posts" AS t1_0 WHERE t1_0."author_id" = "users"."id")
--   in: #0 boolean

-- update returning
UPDATE "users" SET "age" = ? WHERE "users"."id" = ? RETURNING "users"."age"
--   in: #0 bigint, #1 bigint
--   out: users.age bigint

-- delete
DELETE FROM "tags" WHERE "tags"."label" = ?
--   in: #0 varchar(40)

-- delete all
DELETE FROM "tags"

-- delete where not exists
DELETE FROM "users" WHERE NOT (EXISTS (SELECT 1 FROM "posts" AS t1_0 WHERE t1_0."author_id" = "users"."id"))

-- delete returning
DELETE FROM "t1_0" WHERE "t1_0"."id" = ? RETURNING "t1_0"."id", "t1_0"."n"
--   in: #0 bigint
--   out: t1_0.id bigint, t1_0.n bigint

-- delete from a table named like an alias
DELETE FROM "t1_0" WHERE EXISTS (SELECT 1 FROM "t1_0" AS q1_0 WHERE q1_0."id" = "t1_0"."n")

-- hostile names
SELECT t0."select", t0."x""; DROP TABLE users; --", t0."`y`", t0."naïve 表" FROM "a""b`c'd\e; --" AS t0 WHERE t0."x""; DROP TABLE users; --" = ?
--   in: #0 text
--   out: a"b`c'd\e; --.select bigint, a"b`c'd\e; --.x"; DROP TABLE users; -- text, a"b`c'd\e; --.`y` varchar(30), a"b`c'd\e; --.naïve 表 bigint

-- hostile insert
INSERT INTO "a""b`c'd\e; --" ("select", "`y`") VALUES (?, ?)
--   in: #0 bigint, #1 varchar(30)

-- hostile update
UPDATE "a""b`c'd\e; --" SET "x""; DROP TABLE users; --" = ? WHERE "a""b`c'd\e; --"."`y`" = ?
--   in: #0 text, #1 varchar(30)

-- raw statement
SELECT "users"."id" FROM "users" WHERE age > ? AND email <> ? ORDER BY 1
--   in: #0 bigint, #1 text
--   out: column 1 bigint

-- row lock
--   unsupported: a row lock is not supported by sqlite
--   hint: use a write transaction, which no other writer can run beside

-- row lock of an outer join
--   unsupported: a row lock is not supported by sqlite
--   hint: use a write transaction, which no other writer can run beside

-- shared row lock
--   unsupported: a row lock is not supported by sqlite
--   hint: use a write transaction, which no other writer can run beside

-- context value
SELECT t0."id" FROM "users" AS t0 WHERE t0."id" = ? ORDER BY t0."id"
--   in: context 'tenant' bigint
--   out: users.id bigint
