import type { DatabaseKind } from '@yama/core'

const DELIMITERS = ['//', '$$', ';;', '//yama//']

/** A statement as the database's own command-line client takes it from a file: that of MySQL and MariaDB ends one at each `;` of a body, unless told otherwise. */
export function clientStatement(sql: string, kind: DatabaseKind): string {
  if ((kind !== 'mysql' && kind !== 'mariadb') || !sql.includes(';')) return `${sql};`
  const delimiter = DELIMITERS.find((each) => !sql.includes(each)) ?? '//yama//'
  return `DELIMITER ${delimiter}\n${sql}${delimiter}\nDELIMITER ;`
}
