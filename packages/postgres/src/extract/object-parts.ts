import type { Rare } from './present.ts'
import type { QueryScope } from './query-scope.ts'

/** How one kind of object is read: expressions over `x`, its catalogue, and `n`, its namespace. */
export interface ObjectPart {
  readonly catalogue: string
  readonly name: string
  readonly definition: string
  readonly from: string
  readonly where: string
  readonly schema?: string
  readonly options?: string
  readonly version?: string
  readonly type?: string
  readonly columns?: string
}

/** One of a kind that most databases do not have. */
export type RarePart = ObjectPart & { readonly catalogue: Rare }

const named = (column: string): string => `quote_ident(n.nspname) || '.' || ${column}`
/** `init = f` where there is one. */
const given = (word: string, column: string, cast = 'regproc'): string =>
  `CASE WHEN ${column}::oid <> 0 THEN '${word} = ' || ${column}::${cast} END`
const list = (...parts: readonly string[]): string => `' (' || concat_ws(', ', ${parts.join(', ')}) || ')'`
const typeOrNone = (column: string): string => `CASE ${column} WHEN 0 THEN 'NONE' ELSE format_type(${column}, NULL) END`

/** What is known by its statement and belongs to a schema. */
export function schemaParts(scope: QueryScope): readonly RarePart[] {
  const part = (
    word: string,
    catalogue: Rare,
    prefix: string,
    definition: string,
    more: { readonly name?: string; readonly join?: string; readonly options?: string; readonly where?: string } = {},
  ): RarePart => ({
    catalogue,
    schema: 'n.nspname',
    name: `'${word} ' || ${more.name ?? `x.${prefix}name`}`,
    definition,
    from: `${catalogue} x JOIN pg_namespace n ON n.oid = x.${prefix}namespace ${more.join ?? ''}`,
    where: `x.${prefix}namespace IN (${scope.namespaces})${more.where === undefined ? '' : ` AND ${more.where}`}`,
    ...(more.options === undefined ? {} : { options: more.options }),
  })
  const search = (kind: string, catalogue: Rare, prefix: string, body: string, more = {}): RarePart =>
    part(
      `text search ${kind}`,
      catalogue,
      prefix,
      `'CREATE TEXT SEARCH ${kind.toUpperCase()} ' || ${named(`quote_ident(x.${prefix}name)`)} || ${body}`,
      more,
    )
  return [
    search(
      'parser',
      'pg_ts_parser',
      'prs',
      list(
        given('start', 'x.prsstart'),
        given('gettoken', 'x.prstoken'),
        given('end', 'x.prsend'),
        given('headline', 'x.prsheadline'),
        given('lextypes', 'x.prslextype'),
      ),
    ),
    search('template', 'pg_ts_template', 'tmpl', list(given('init', 'x.tmplinit'), given('lexize', 'x.tmpllexize'))),
    search(
      'dictionary',
      'pg_ts_dict',
      'dict',
      list(`'template = ' || quote_ident(tn.nspname) || '.' || quote_ident(t.tmplname)`, 'x.dictinitoption'),
      { join: 'JOIN pg_ts_template t ON t.oid = x.dicttemplate JOIN pg_namespace tn ON tn.oid = t.tmplnamespace' },
    ),
    search('configuration', 'pg_ts_config', 'cfg', list(`'parser = ' || quote_ident(pn.nspname) || '.' || quote_ident(p.prsname)`), {
      join: 'JOIN pg_ts_parser p ON p.oid = x.cfgparser JOIN pg_namespace pn ON pn.oid = p.prsnamespace',
      options: `(SELECT json_object_agg(m.token, m.dictionaries ORDER BY m.token COLLATE "C")::text FROM (
          SELECT (SELECT k.alias FROM ts_token_type(x.cfgparser) k WHERE k.tokid = c.maptokentype) AS token, string_agg(c.mapdict::regdictionary::text, ', ' ORDER BY c.mapseqno) AS dictionaries
          FROM pg_ts_config_map c WHERE c.mapcfg = x.oid GROUP BY c.maptokentype) m)`,
    }),
    part(
      'conversion',
      'pg_conversion',
      'con',
      `'CREATE ' || CASE WHEN x.condefault THEN 'DEFAULT ' ELSE '' END || 'CONVERSION ' || ${named('quote_ident(x.conname)')} || ' FOR ' || quote_literal(pg_encoding_to_char(x.conforencoding))
        || ' TO ' || quote_literal(pg_encoding_to_char(x.contoencoding)) || ' FROM ' || x.conproc::regproc`,
    ),
    operators(part),
    ...families(part),
  ]
}

type PartOf = (word: string, catalogue: Rare, prefix: string, definition: string, more?: Record<string, string>) => RarePart

/** One that is only named, as the negator of another, is none yet. */
const operators = (part: PartOf): RarePart => {
  const other = (word: string, column: string): string =>
    `(SELECT '${word} = OPERATOR(' || quote_ident(cn.nspname) || '.' || c.oprname || ')' FROM pg_operator c JOIN pg_namespace cn ON cn.oid = c.oprnamespace WHERE c.oid = ${column})`
  return part(
    'operator',
    'pg_operator',
    'opr',
    `'CREATE OPERATOR ' || ${named('x.oprname')} || ${list(
      given('function', 'x.oprcode'),
      `CASE WHEN x.oprleft <> 0 THEN 'leftarg = ' || format_type(x.oprleft, NULL) END`,
      `CASE WHEN x.oprright <> 0 THEN 'rightarg = ' || format_type(x.oprright, NULL) END`,
      other('commutator', 'x.oprcom'),
      other('negator', 'x.oprnegate'),
      given('restrict', 'x.oprrest'),
      given('join', 'x.oprjoin'),
      `CASE WHEN x.oprcanhash THEN 'hashes' END`,
      `CASE WHEN x.oprcanmerge THEN 'merges' END`,
    )}`,
    { name: `x.oprname || ' (' || ${typeOrNone('x.oprleft')} || ', ' || ${typeOrNone('x.oprright')} || ')'`, where: 'x.oprcode::oid <> 0' },
  )
}

const OPERATOR_ITEM = `'OPERATOR ' || o.amopstrategy || ' ' || o.amopopr::regoperator || coalesce(' FOR ORDER BY ' || (SELECT quote_ident(sn.nspname) || '.' || quote_ident(s.opfname)
          FROM pg_opfamily s JOIN pg_namespace sn ON sn.oid = s.opfnamespace WHERE s.oid = o.amopsortfamily), '')`
const FUNCTION_PLACE = `'FUNCTION ' || p.amprocnum || ' (' || format_type(p.amproclefttype, NULL) || ', ' || format_type(p.amprocrighttype, NULL) || ')'`

/** Items that belong to `x` itself: those of a class, and those that were added to a family besides its classes. */
const itemsOf = (catalogue: string, operator: string, routine: string): string => `SELECT 1 AS sort, o.amopstrategy AS number, ${operator}
        FROM pg_amop o JOIN pg_depend d ON d.classid = 'pg_amop'::regclass AND d.objid = o.oid AND d.refclassid = '${catalogue}'::regclass AND d.refobjid = x.oid
      UNION ALL SELECT 2, p.amprocnum, ${routine}
        FROM pg_amproc p JOIN pg_depend d ON d.classid = 'pg_amproc'::regclass AND d.objid = p.oid AND d.refclassid = '${catalogue}'::regclass AND d.refobjid = x.oid`

function families(part: PartOf): readonly RarePart[] {
  const routine = `${FUNCTION_PLACE} || ' ' || p.amproc::regprocedure`
  return [
    part(
      'operator family',
      'pg_opfamily',
      'opf',
      `'CREATE OPERATOR FAMILY ' || ${named('quote_ident(x.opfname)')} || ' USING ' || quote_ident(m.amname)`,
      {
        join: 'JOIN pg_am m ON m.oid = x.opfmethod',
        name: `x.opfname || ' using ' || m.amname`,
        options: `(SELECT json_object_agg(i.place, i.item ORDER BY i.sort, i.number, i.place COLLATE "C")::text FROM (${itemsOf(
          'pg_opfamily',
          `'OPERATOR ' || o.amopstrategy || ' (' || format_type(o.amoplefttype, NULL) || ', ' || format_type(o.amoprighttype, NULL) || ')' AS place, ${OPERATOR_ITEM} AS item`,
          `${FUNCTION_PLACE}, ${routine}`,
        )}) i)`,
      },
    ),
    part(
      'operator class',
      'pg_opclass',
      'opc',
      `'CREATE OPERATOR CLASS ' || ${named('quote_ident(x.opcname)')} || CASE WHEN x.opcdefault THEN ' DEFAULT' ELSE '' END || ' FOR TYPE ' || format_type(x.opcintype, NULL) || ' USING ' || quote_ident(m.amname)
        || ' FAMILY ' || quote_ident(fn.nspname) || '.' || quote_ident(f.opfname) || E' AS\\n  ' || coalesce(nullif(concat_ws(E',\\n  ', CASE WHEN x.opckeytype <> 0 THEN 'STORAGE ' || format_type(x.opckeytype, NULL) END,
          (SELECT string_agg(i.item, E',\\n  ' ORDER BY i.sort, i.number, i.item COLLATE "C") FROM (${itemsOf('pg_opclass', `${OPERATOR_ITEM} AS item`, routine)}) i)), ''), 'STORAGE ' || format_type(x.opcintype, NULL))`,
      {
        join: 'JOIN pg_am m ON m.oid = x.opcmethod JOIN pg_opfamily f ON f.oid = x.opcfamily JOIN pg_namespace fn ON fn.oid = f.opfnamespace',
        name: `x.opcname || ' using ' || m.amname`,
      },
    ),
  ]
}

/** What is known by its statement and belongs to the whole database: where a scope names schemas, to whoever owns that. */
export const databaseParts = (scope: QueryScope): readonly RarePart[] => [
  {
    catalogue: 'pg_am',
    name: `'access method ' || x.amname`,
    definition: `'CREATE ACCESS METHOD ' || quote_ident(x.amname) || ' TYPE ' || CASE x.amtype WHEN 'i' THEN 'INDEX' ELSE 'TABLE' END || ' HANDLER ' || x.amhandler`,
    from: 'pg_am x',
    where: String(scope.whole),
  },
  {
    catalogue: 'pg_language',
    name: `'language ' || x.lanname`,
    definition: `'CREATE ' || CASE WHEN x.lanpltrusted THEN 'TRUSTED ' ELSE '' END || 'LANGUAGE ' || quote_ident(x.lanname) || concat(
        CASE WHEN x.lanplcallfoid <> 0 THEN ' HANDLER ' || x.lanplcallfoid::regproc END, CASE WHEN x.laninline <> 0 THEN ' INLINE ' || x.laninline::regproc END, CASE WHEN x.lanvalidator <> 0 THEN ' VALIDATOR ' || x.lanvalidator::regproc END)`,
    from: 'pg_language x',
    where: String(scope.whole),
  },
  {
    catalogue: 'pg_cast',
    name: `'cast (' || format_type(x.castsource, NULL) || ' AS ' || format_type(x.casttarget, NULL) || ')'`,
    definition: `'CREATE CAST (' || format_type(x.castsource, NULL) || ' AS ' || format_type(x.casttarget, NULL) || ') ' || CASE x.castmethod WHEN 'f' THEN 'WITH FUNCTION ' || x.castfunc::regprocedure WHEN 'i' THEN 'WITH INOUT' ELSE 'WITHOUT FUNCTION' END
        || CASE x.castcontext WHEN 'a' THEN ' AS ASSIGNMENT' WHEN 'i' THEN ' AS IMPLICIT' ELSE '' END`,
    from: 'pg_cast x',
    // Those between a range and its multirange come with the type.
    where: `${String(scope.whole)} AND NOT EXISTS (SELECT FROM pg_depend i WHERE i.classid = 'pg_cast'::regclass AND i.objid = x.oid AND i.deptype = 'i')`,
  },
  {
    catalogue: 'pg_transform',
    name: `'transform for ' || format_type(x.trftype, NULL) || ' language ' || l.lanname`,
    definition: `'CREATE TRANSFORM FOR ' || format_type(x.trftype, NULL) || ' LANGUAGE ' || quote_ident(l.lanname) || ' (' || concat_ws(', ',
        CASE WHEN x.trffromsql::oid <> 0 THEN 'FROM SQL WITH FUNCTION ' || x.trffromsql::regprocedure END, CASE WHEN x.trftosql::oid <> 0 THEN 'TO SQL WITH FUNCTION ' || x.trftosql::regprocedure END) || ')'`,
    from: 'pg_transform x JOIN pg_language l ON l.oid = x.trflang',
    where: String(scope.whole),
  },
]
