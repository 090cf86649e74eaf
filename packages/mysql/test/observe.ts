import type { Connection } from '@yama/core'

/** What the server itself says of every object, as `mariadb-dump` and `mysqldump` ask it: no reader of Yama's is between. */
export async function observe(connection: Connection): Promise<ReadonlyMap<string, string>> {
  const rows = async (sql: string): Promise<readonly Record<string, unknown>[]> => (await connection.execute(sql)).rows
  const found = new Map<string, string>()
  const show = async (word: string, name: string): Promise<string> => {
    const [row] = await rows(`SHOW CREATE ${word} \`${name.replaceAll('`', '``')}\``)
    const text = String(Object.values(row ?? {}).find((value) => typeof value === 'string' && /^CREATE/i.test(value)))
    const under = ['sql_mode', 'time_zone', ...(word === 'VIEW' ? [] : ['collation_connection'])].flatMap((key) =>
      row?.[key] === undefined ? [] : [`${key} ${String(row[key])}`],
    )
    return [text, ...under].join('\n')
  }
  const objects = await rows(
    `SELECT TABLE_NAME AS name, TABLE_TYPE AS type FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME NOT LIKE 'yama\\_%'`,
  )
  for (const { name, type } of objects) {
    const word = type === 'VIEW' ? 'VIEW' : type === 'SEQUENCE' ? 'SEQUENCE' : 'TABLE'
    found.set(`${word} ${String(name)}`, tidy(await show(word, String(name))))
  }
  for (const [word, sql] of [
    ['TRIGGER', 'SELECT TRIGGER_NAME AS name FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = DATABASE()'],
    [
      'FUNCTION',
      "SELECT ROUTINE_NAME AS name FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = DATABASE() AND ROUTINE_TYPE = 'FUNCTION'",
    ],
    [
      'PROCEDURE',
      "SELECT ROUTINE_NAME AS name FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = DATABASE() AND ROUTINE_TYPE = 'PROCEDURE'",
    ],
    ['EVENT', 'SELECT EVENT_NAME AS name FROM information_schema.EVENTS WHERE EVENT_SCHEMA = DATABASE()'],
  ] as const)
    for (const { name } of await rows(sql)) found.set(`${word} ${String(name)}`, tidy(await show(word, String(name))))
  return found
}

/** Without the next number, which is data, and who defined it. The order of columns is recorded and not compared, as on every database. */
function tidy(statement: string): string {
  const text = statement
    .replace(/ AUTO_INCREMENT=\d+/, '')
    // What is left of another engine, and says nothing.
    .replace(' PAGE_CHECKSUM=0', '')
    .replace(/ DEFINER=[`"][^`"]*[`"]@[`"][^`"]*[`"]/, '')
    .replaceAll(/`yama_schema_\d+_\d+`\./g, '')
  const lines = text.split('\n').map((line) => line.replace(/,$/, ''))
  if (/^CREATE\s+EVENT/i.test(text)) return text.replace(/ STARTS '20[012]\d-[^']*'/, '')
  // The servers keep the head of a trigger as it was written.
  if (/^CREATE\s+TRIGGER/i.test(text)) return text.replaceAll(/[`\s]+/g, ' ').toLowerCase()
  if (!text.startsWith('CREATE TABLE')) return text
  return lines.sort().join('\n')
}
