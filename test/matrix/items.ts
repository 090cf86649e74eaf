/** One table with a key, and whatever else is said. */
export const table = (...fields: readonly string[]): string => `
entities:
  Item:
    table: items
    fields:
      id: int! primary
${fields.map((field) => `      ${field}`).join('\n')}
`
export const two = 'INSERT INTO items (id) VALUES (1), (2)'
export const ids = ['SELECT id FROM items ORDER BY id', [{ id: 1 }, { id: 2 }]] as const
