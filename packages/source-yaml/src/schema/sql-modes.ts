const BOTH = [
  'REAL_AS_FLOAT',
  'PIPES_AS_CONCAT',
  'ANSI_QUOTES',
  'IGNORE_SPACE',
  'ONLY_FULL_GROUP_BY',
  'NO_UNSIGNED_SUBTRACTION',
  'NO_DIR_IN_CREATE',
  'ANSI',
  'NO_AUTO_VALUE_ON_ZERO',
  'NO_BACKSLASH_ESCAPES',
  'STRICT_TRANS_TABLES',
  'STRICT_ALL_TABLES',
  'NO_ZERO_IN_DATE',
  'NO_ZERO_DATE',
  'ALLOW_INVALID_DATES',
  'ERROR_FOR_DIVISION_BY_ZERO',
  'TRADITIONAL',
  'HIGH_NOT_PRECEDENCE',
  'NO_ENGINE_SUBSTITUTION',
  'PAD_CHAR_TO_FULL_LENGTH',
] as const

/** What each server knows, from the manual of MySQL 9 and that of MariaDB 11. */
export const SQL_MODES = {
  mysql: [...BOTH, 'TIME_TRUNCATE_FRACTIONAL'],
  mariadb: [
    ...BOTH,
    'IGNORE_BAD_TABLE_OPTIONS',
    'NO_AUTO_CREATE_USER',
    'EMPTY_STRING_IS_NULL',
    'SIMULTANEOUS_ASSIGNMENT',
    'TIME_ROUND_FRACTIONAL',
    'ORACLE',
    'MSSQL',
    'POSTGRESQL',
    'DB2',
    'MAXDB',
    'NO_KEY_OPTIONS',
    'NO_TABLE_OPTIONS',
    'NO_FIELD_OPTIONS',
    'MYSQL323',
    'MYSQL40',
  ],
} as const

export type SqlMode = (typeof SQL_MODES)['mysql' | 'mariadb'][number]

export const ALL_SQL_MODES: readonly [SqlMode, ...SqlMode[]] = [
  'ALLOW_INVALID_DATES',
  ...new Set([...SQL_MODES.mariadb, ...SQL_MODES.mysql]),
]
