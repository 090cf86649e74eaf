import type { AskedNeed, Connection, NeedAnswer } from '@yama/core'

/** Whether what a migration needs is there. An extension is a virtual table module or what the library was compiled with; privileges are the file's. */
export async function answerNeed(connection: Connection, need: AskedNeed): Promise<NeedAnswer> {
  if (need.kind === 'setting') {
    // A PRAGMA takes no parameter; the name has been read as letters, digits and underscores.
    const row = (await connection.execute(`PRAGMA ${need.name.replaceAll(/\W/g, '')}`)).rows[0]
    return { kind: 'value', value: row === undefined ? undefined : String(Object.values(row)[0]) }
  }
  if (need.kind === 'extension') {
    const sql =
      'SELECT (SELECT count(*) FROM pragma_module_list WHERE name = lower(?)) + (SELECT count(*) FROM pragma_compile_options WHERE compile_options IN (upper(?), ?)) AS answer'
    const { rows } = await connection.execute(sql, [need.name, need.name, `ENABLE_${need.name.toUpperCase()}`])
    return Number(rows[0]?.['answer']) > 0 ? { kind: 'met' } : { kind: 'missing', found: 'the library has no such module' }
  }
  const isReading = need.name === 'select' || need.name === 'connect'
  return isReading || !connection.server.readOnly ? { kind: 'met' } : { kind: 'missing', found: 'the file is opened for reading' }
}
