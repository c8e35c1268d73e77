import RowanCore

/// What a database holds and a snapshot has no form for.
struct UnrepresentedCatalog {
  let scope: CatalogScope

  func read(_ executor: some QueryExecutor) async throws -> [UnrepresentedObject] {
    var found: [UnrepresentedObject] = []
    for query in [relations, partsOfTables, constraints, indexes, columns, types, programs, comments] {
      found += try await query.as(String.self, String?.self, String.self, String.self).fetchAll(executor).map { row in
        let name = row.1.map { scope.object($0, row.2).description } ?? row.2
        return UnrepresentedObject(kind: row.0, name: name, reason: row.3)
      }
    }
    return found
  }

  /// The namespaces that are read, and the members of extensions, which are left out.
  private var common: SQL {
    """
    WITH n AS (
      SELECT oid, nspname::text AS name FROM pg_catalog.pg_namespace
      WHERE nspname = ANY (\(scope.namespaces)::text[])
    ), member AS (
      SELECT classid, objid FROM pg_catalog.pg_depend WHERE deptype = 'e'
    ), relation AS (
      SELECT c.*, n.name AS namespace FROM pg_catalog.pg_class c JOIN n ON n.oid = c.relnamespace
      WHERE (('pg_catalog.pg_class'::regclass)::oid, c.oid) NOT IN (SELECT classid, objid FROM member)
    )

    """
  }

  private var relations: SQL {
    """
    \(common)SELECT 'partitioned table', namespace, relname::text, 'the table and its partitions are left out'
    FROM relation WHERE relkind = 'p' AND NOT relispartition
    UNION ALL SELECT 'partition', namespace, relname::text, 'it is left out' FROM relation
    WHERE relkind IN ('r', 'p', 'f') AND relispartition
    UNION ALL SELECT 'foreign table', namespace, relname::text, 'it is left out' FROM relation
    WHERE relkind = 'f' AND NOT relispartition
    UNION ALL SELECT 'sequence', c.namespace, c.relname::text, 'no column owns it and takes its default from it'
    FROM relation c WHERE c.relkind = 'S' AND NOT EXISTS (
      SELECT FROM pg_catalog.pg_depend d
      JOIN pg_catalog.pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid AND a.attnotnull
        AND a.atttypid IN ('smallint'::regtype, 'integer'::regtype, 'bigint'::regtype)
      LEFT JOIN pg_catalog.pg_attrdef v ON v.adrelid = a.attrelid AND v.adnum = a.attnum
      WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid
        AND d.refclassid = 'pg_catalog.pg_class'::regclass
        AND (d.deptype = 'i' OR d.deptype = 'a' AND EXISTS (
          SELECT FROM pg_catalog.pg_depend u WHERE u.classid = 'pg_catalog.pg_attrdef'::regclass AND u.objid = v.oid
            AND u.refclassid = 'pg_catalog.pg_class'::regclass AND u.refobjid = c.oid)))
    UNION ALL SELECT 'sequence options', c.namespace, c.relname::text,
      'its start, step, bounds, cache or cycle is not the default'
    FROM relation c JOIN pg_catalog.pg_sequence s ON s.seqrelid = c.oid
    WHERE s.seqstart <> 1 OR s.seqincrement <> 1 OR s.seqmin <> 1 OR s.seqcycle OR s.seqcache <> 1
      OR s.seqmax NOT IN (32767, 2147483647, 9223372036854775807)
    UNION ALL SELECT 'view options', namespace, relname::text, 'its options are left out' FROM relation
    WHERE relkind IN ('v', 'm') AND reloptions IS NOT NULL
    UNION ALL SELECT 'statistics', n.name, s.stxname::text, 'extended statistics are left out'
    FROM pg_catalog.pg_statistic_ext s JOIN n ON n.oid = s.stxnamespace
    UNION ALL SELECT 'event trigger', NULL, evtname::text, 'it is left out' FROM pg_catalog.pg_event_trigger
    WHERE (('pg_catalog.pg_event_trigger'::regclass)::oid, oid) NOT IN (SELECT classid, objid FROM member)
    UNION ALL SELECT 'publication', NULL, pubname::text, 'it is left out' FROM pg_catalog.pg_publication
    UNION ALL SELECT 'foreign server', NULL, srvname::text, 'it is left out' FROM pg_catalog.pg_foreign_server
    """
  }

  private var partsOfTables: SQL {
    """
    \(common)SELECT 'trigger', c.namespace, c.relname::text || '.' || t.tgname::text, 'triggers are left out'
    FROM pg_catalog.pg_trigger t JOIN relation c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal
    UNION ALL SELECT 'rule', c.namespace, c.relname::text || '.' || r.rulename::text, 'rules are left out'
    FROM pg_catalog.pg_rewrite r JOIN relation c ON c.oid = r.ev_class WHERE r.rulename <> '_RETURN'
    UNION ALL SELECT 'policy', c.namespace, c.relname::text || '.' || p.polname::text, 'policies are left out'
    FROM pg_catalog.pg_policy p JOIN relation c ON c.oid = p.polrelid
    UNION ALL SELECT 'row security', namespace, relname::text, 'that it is on is left out' FROM relation
    WHERE relkind = 'r' AND (relrowsecurity OR relforcerowsecurity)
    UNION ALL SELECT 'inheritance', c.namespace, c.relname::text, 'its parents are left out' FROM relation c
    WHERE c.relkind = 'r' AND NOT c.relispartition
      AND EXISTS (SELECT FROM pg_catalog.pg_inherits h WHERE h.inhrelid = c.oid)
    UNION ALL SELECT 'typed table', namespace, relname::text, 'its type is left out' FROM relation
    WHERE relkind = 'r' AND reloftype <> 0
    UNION ALL SELECT 'tablespace', namespace, relname::text, 'where it is stored is left out' FROM relation
    WHERE relkind IN ('r', 'i', 'm') AND reltablespace <> 0
    UNION ALL SELECT 'replica identity', namespace, relname::text, 'it is not the default' FROM relation
    WHERE relkind = 'r' AND relreplident <> 'd'
    UNION ALL SELECT 'access method', c.namespace, c.relname::text, 'it is not heap' FROM relation c
    JOIN pg_catalog.pg_am m ON m.oid = c.relam WHERE c.relkind IN ('r', 'm') AND m.amname <> 'heap'
    """
  }

  private var constraints: SQL {
    """
    \(common)SELECT CASE WHEN k.contype = 'x' THEN 'exclusion constraint' ELSE 'constraint' END, c.namespace,
      c.relname::text || '.' || k.conname::text,
      CASE WHEN k.contype = 'x' THEN 'exclusion constraints are left out'
        WHEN k.contype IN ('p', 'u') AND k.condeferrable THEN 'that it is deferrable is left out'
        WHEN k.contype IN ('p', 'u') THEN 'the columns it includes are left out'
        WHEN NOT k.convalidated THEN 'its rows are not checked yet'
        WHEN k.contype = 'c' THEN 'that it is not inherited is left out'
        WHEN k.confmatchtype = 'f' THEN 'that it matches in full is left out'
        ELSE 'the columns its action sets are left out' END
    FROM pg_catalog.pg_constraint k JOIN relation c ON c.oid = k.conrelid
    LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = k.conindid AND k.contype IN ('p', 'u')
    WHERE c.relkind = 'r' AND (
      k.contype = 'x' OR k.contype IN ('p', 'u') AND (k.condeferrable OR i.indnatts > i.indnkeyatts)
      OR k.contype IN ('c', 'f') AND NOT k.convalidated OR k.contype = 'c' AND k.connoinherit
      OR k.contype = 'f' AND (k.confmatchtype = 'f' OR to_jsonb(k) -> 'confdelsetcols' <> 'null'::jsonb))
    """
  }

  private var indexes: SQL {
    """
    \(common)SELECT CASE WHEN NOT i.indisvalid THEN 'invalid index' ELSE 'index' END, c.namespace,
      c.relname::text || '.' || x.relname::text,
      CASE WHEN NOT i.indisvalid THEN 'a build that was cut short left it'
        WHEN c.relkind = 'm' THEN 'indexes of materialized views are left out'
        WHEN x.reloptions IS NOT NULL THEN 'its options are left out'
        WHEN i.indisclustered THEN 'that the table is clustered by it is left out'
        WHEN to_jsonb(i) ->> 'indnullsnotdistinct' = 'true' THEN 'that nulls are not distinct is left out'
        ELSE 'parameters of its operator classes are left out' END
    FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid JOIN relation c ON c.oid = i.indrelid
    WHERE c.relkind IN ('r', 'm') AND (
      NOT i.indisvalid OR c.relkind = 'm' OR x.reloptions IS NOT NULL OR i.indisclustered
      OR to_jsonb(i) ->> 'indnullsnotdistinct' = 'true' OR EXISTS (
        SELECT FROM pg_catalog.pg_attribute a, unnest(a.attoptions) AS o
        WHERE a.attrelid = x.oid AND o NOT LIKE 'pg\\_attver=%'))
    """
  }

  /// Some servers keep a number of their own, `pg_attver`, among the options of each column.
  private var columns: SQL {
    """
    \(common)SELECT 'column', c.namespace, c.relname::text || '.' || a.attname::text,
      CASE WHEN a.attstorage <> t.typstorage THEN 'how it is stored is left out'
        WHEN o.own IS NOT NULL THEN 'its options are left out'
        WHEN to_jsonb(a) ->> 'attcompression' <> '' THEN 'its compression is left out'
        ELSE 'the namespace of its collation is left out' END
    FROM pg_catalog.pg_attribute a JOIN relation c ON c.oid = a.attrelid
    JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
    LEFT JOIN LATERAL (
      SELECT max(p) AS own FROM unnest(a.attoptions) AS p WHERE p NOT LIKE 'pg\\_attver=%') o ON true
    WHERE c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped AND (
      a.attstorage <> t.typstorage OR o.own IS NOT NULL OR to_jsonb(a) ->> 'attcompression' <> ''
      OR a.attcollation <> t.typcollation AND NOT pg_catalog.pg_collation_is_visible(a.attcollation))
    """
  }

  private var types: SQL {
    """
    \(common)SELECT CASE t.typtype WHEN 'd' THEN 'domain' WHEN 'r' THEN 'range type' WHEN 'c' THEN 'composite type'
        ELSE 'type' END, n.name, t.typname::text, 'it is left out; columns name it'
    FROM pg_catalog.pg_type t JOIN n ON n.oid = t.typnamespace LEFT JOIN pg_catalog.pg_class c ON c.oid = t.typrelid
    WHERE (t.typtype IN ('d', 'r') OR t.typtype = 'b' AND t.typcategory <> 'A' OR t.typtype = 'c' AND c.relkind = 'c')
      AND (('pg_catalog.pg_type'::regclass)::oid, t.oid) NOT IN (SELECT classid, objid FROM member)
    UNION ALL SELECT 'collation', n.name, l.collname::text, 'it is left out; columns name it'
    FROM pg_catalog.pg_collation l JOIN n ON n.oid = l.collnamespace
    WHERE (('pg_catalog.pg_collation'::regclass)::oid, l.oid) NOT IN (SELECT classid, objid FROM member)
    UNION ALL SELECT 'operator', n.name, o.oprname::text, 'it is left out'
    FROM pg_catalog.pg_operator o JOIN n ON n.oid = o.oprnamespace
    WHERE (('pg_catalog.pg_operator'::regclass)::oid, o.oid) NOT IN (SELECT classid, objid FROM member)
    UNION ALL SELECT 'text search configuration', n.name, s.cfgname::text, 'it is left out'
    FROM pg_catalog.pg_ts_config s JOIN n ON n.oid = s.cfgnamespace
    WHERE (('pg_catalog.pg_ts_config'::regclass)::oid, s.oid) NOT IN (SELECT classid, objid FROM member)
    UNION ALL SELECT 'text search dictionary', n.name, s.dictname::text, 'it is left out'
    FROM pg_catalog.pg_ts_dict s JOIN n ON n.oid = s.dictnamespace
    WHERE (('pg_catalog.pg_ts_dict'::regclass)::oid, s.oid) NOT IN (SELECT classid, objid FROM member)
    """
  }

  /// The functions that come with a range type belong to it.
  private var programs: SQL {
    """
    \(common)SELECT CASE p.prokind WHEN 'p' THEN 'procedure' WHEN 'a' THEN 'aggregate' ELSE 'function' END, n.name,
      p.proname::text || '(' || pg_catalog.pg_get_function_identity_arguments(p.oid) || ')', 'it is left out'
    FROM pg_catalog.pg_proc p JOIN n ON n.oid = p.pronamespace
    WHERE (('pg_catalog.pg_proc'::regclass)::oid, p.oid) NOT IN (SELECT classid, objid FROM member)
      AND NOT EXISTS (
        SELECT FROM pg_catalog.pg_depend d WHERE d.classid = 'pg_catalog.pg_proc'::regclass AND d.objid = p.oid
          AND d.deptype = 'i')
    """
  }

  private var comments: SQL {
    """
    \(common)SELECT 'comment', c.namespace, c.relname::text || '.' || k.conname::text,
      'comments of constraints are left out'
    FROM pg_catalog.pg_description d JOIN pg_catalog.pg_constraint k ON k.oid = d.objoid
    JOIN relation c ON c.oid = k.conrelid WHERE d.classoid = 'pg_catalog.pg_constraint'::regclass
    UNION ALL SELECT 'comment', c.namespace, c.relname::text, 'comments of indexes and sequences are left out'
    FROM pg_catalog.pg_description d JOIN relation c ON c.oid = d.objoid
    WHERE d.classoid = 'pg_catalog.pg_class'::regclass AND d.objsubid = 0 AND c.relkind IN ('i', 'S')
    UNION ALL SELECT 'comment', c.namespace, c.relname::text || '.' || a.attname::text,
      'comments of the columns of views are left out'
    FROM pg_catalog.pg_description d JOIN relation c ON c.oid = d.objoid
    JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.objsubid
    WHERE d.classoid = 'pg_catalog.pg_class'::regclass AND d.objsubid <> 0 AND c.relkind IN ('v', 'm')
    UNION ALL SELECT 'comment', NULL, n.name, 'comments of namespaces are left out'
    FROM pg_catalog.pg_description d JOIN n ON n.oid = d.objoid
    WHERE d.classoid = 'pg_catalog.pg_namespace'::regclass AND d.description <> 'standard public schema'
    """
  }
}
