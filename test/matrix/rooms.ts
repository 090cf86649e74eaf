export const item = (fields: readonly string[], rest = ''): string => `
entities:
  Item:
    table: items
    fields:
${fields.map((field) => `      ${field}`).join('\n')}
${rest}`
export const base = ['id: int! primary', 'room: int!', 'name: string(40)?']
export const rows = "INSERT INTO items (id, room, name) VALUES (1, 1, 'a'), (2, 1, 'b')"
export const ids = [
  'SELECT id, room, name FROM items ORDER BY id',
  [
    { id: 1, room: 1, name: 'a' },
    { id: 2, room: 1, name: 'b' },
  ],
] as const
