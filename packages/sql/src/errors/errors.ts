import { defineErrors } from '@yama/core'

/** Everything that `@yama/sql` refuses. Positions have an empty `file`: whoever read the file fills it in. */
export const sqlErrors = defineErrors({
  YAMA_SQL_UNTERMINATED: {
    message: 'The {what} which starts at line {line}, column {column} has no end. Nothing was run.',
    hint: 'Close it with {closer}.',
    explain:
      'A string, quoted name, comment, dollar quote or BEGIN … END body reaches the end of the text. Everything after its start would be swallowed, so the text is not split at all.',
    exit: 65,
  },
  YAMA_SQL_PSQL_COMMAND: {
    message: '{command} at line {line}, column {column} is a command of psql, not SQL. Nothing was run.',
    hint: 'Remove the line; write what it does as SQL.',
    explain:
      'Lines which start with a backslash are interpreted by the psql client and never reach the server. Only \\restrict and \\unrestrict, which pg_dump writes around a dump, are taken for comments. Replace \\i with the file, \\copy with INSERT.',
    exit: 65,
  },
  YAMA_SQL_COPY_STDIN: {
    message: 'COPY … FROM stdin at line {line}, column {column} reads the lines after it, which only psql does. Nothing was run.',
    hint: 'Write the rows as INSERT: pg_dump --inserts, or --rows-per-insert=100.',
    explain:
      'The rows between COPY … FROM stdin and the line \\. are data for the client protocol, not SQL. A migration is a list of statements, so rows have to be written as INSERT statements or loaded from a file on the server.',
    exit: 65,
  },
  YAMA_SQL_DELIMITER: {
    message: 'DELIMITER at line {line}, column {column} names no delimiter. Nothing was run.',
    hint: 'Write for example DELIMITER // and later DELIMITER ;',
    explain: 'DELIMITER is a command of the mysql client. It takes the text which ends statements from there on.',
    exit: 65,
  },
  YAMA_SQL_NUL: {
    message: 'A character with code 0 cannot stand in a {kind} text value or name.',
    hint: 'Store binary data in a binary column, or remove the character.',
    explain: 'PostgreSQL, MySQL and MariaDB do not take U+0000 in names, and PostgreSQL not in text either.',
    exit: 65,
  },
})
