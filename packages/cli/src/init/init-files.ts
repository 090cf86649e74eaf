import type { InitAnswers, InitDatabase } from './init-answers.ts'

export interface InitFile {
  /** Relative to the project. */
  readonly path: string
  readonly text: string
}

export const drivers = {
  sqlite: 'better-sqlite3',
  postgres: 'pg',
  pglite: '@electric-sql/pglite',
  mysql: 'mysql2',
  mariadb: 'mysql2',
} as const satisfies Record<InitDatabase, string>

/** The files that `init` writes, as text. */
export function initFiles(answers: InitAnswers): readonly InitFile[] {
  const files = [{ path: 'yama.config.ts', text: configuration(answers) }]
  return answers.example ? [...files, { path: `${answers.entities}/user.yaml`, text: example }] : files
}

function configuration(answers: InitAnswers): string {
  const dialect = answers.database === 'pglite' ? 'postgres' : answers.database
  const others = ["    staging: { url: 'env:STAGING_DATABASE_URL' },", "    prod: { url: 'env:PROD_DATABASE_URL', production: true },"]
  return [
    "import { defineConfig } from '@yama/cli'",
    '',
    '// Secrets are references: env:NAME, file:/run/secrets/name or exec:command. They are never printed or stored.',
    'export default defineConfig({',
    `  dialect: '${dialect}',`,
    `  entities: '${answers.entities}',`,
    `  migrations: '${answers.migrations}',`,
    '  environments: {',
    `    dev: { url: '${answers.url}' },`,
    ...others,
    '  },',
    '})',
    '',
  ].join('\n')
}

const example = `# yaml-language-server: $schema=../.yama/schema/entity.schema.json
entities:
  User:
    table: users
    doc: People who can sign in.
    fields:
      id: bigint! primary identity
      email: string(320)! unique
      name: string(120)!
      createdAt: timestamp! = now()
`
