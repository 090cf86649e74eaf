import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Programme } from './measure.ts'

const modules = fileURLToPath(new URL('peers/node_modules', import.meta.url))

/** The tables of the MySQL benchmark as drizzle's own language states them. */
function table(index: number, isEdited: boolean): string {
  const parent = index === 0 ? '' : `.references(() => t${index - 1}.id)`
  return `export const t${index} = mysqlTable('t${index}', {
  id: bigint('id', { mode: 'number', unsigned: true }).autoincrement().primaryKey(),
  parentId: bigint('parent_id', { mode: 'number', unsigned: true })${parent},
  name: varchar('name', { length: 120 }).notNull(),${isEdited ? "\n  phone: varchar('phone', { length: 40 })," : ''}
  email: varchar('email', { length: 200 }),
  state: mysqlEnum('state', ['new', 'done']).notNull().default('new'),
  amount: decimal('amount', { precision: 10, scale: 2 }).default('0'),
  active: boolean('active').notNull().default(true),
  data: json('data'), tags: text('tags'),
  createdAt: datetime('created_at').notNull().default(sql\`CURRENT_TIMESTAMP\`),
  updatedAt: datetime('updated_at'), note: text('note'),
}, (t) => [
  check('t${index}_amount', sql\`\${t.amount} >= 0\`),
  index('t${index}_name').on(t.name, t.createdAt), index('t${index}_email').on(t.email),${isEdited ? ` index('t${index}_phone').on(t.phone),` : ''}
])`
}

/** `drizzle-kit generate` in a directory of its own: it compares what the files state with what it wrote the last time, and asks no server. */
export function drizzleGenerate(directory: string): Programme {
  return { command: ['node', join(modules, 'drizzle-kit/bin.cjs'), 'generate', '--config', 'drizzle.config.json'], cwd: directory }
}

/** Writes the schema, with or without the edits. */
export function writeDrizzle(directory: string, tables: number, isEdited: (index: number) => boolean): void {
  mkdirSync(directory, { recursive: true })
  const names = 'bigint, boolean, check, datetime, decimal, index, json, mysqlEnum, mysqlTable, text, varchar'
  const all = Array.from({ length: tables }, (_, index) => table(index, isEdited(index)))
  writeFileSync(
    join(directory, 'schema.ts'),
    [`import { ${names} } from 'drizzle-orm/mysql-core'`, "import { sql } from 'drizzle-orm'", ...all, ''].join('\n'),
  )
  writeFileSync(join(directory, 'drizzle.config.json'), JSON.stringify({ dialect: 'mysql', schema: './schema.ts', out: './out' }))
}

/** So that its configuration finds the packages. */
export const linkModules = (directory: string): void => symlinkSync(modules, join(directory, 'node_modules'))
