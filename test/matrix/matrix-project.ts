import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  compareStates,
  entitiesState,
  generate,
  historyNodes,
  replayInto,
  scratchPool,
  type Answers,
  type AuthoringProject,
  type GenerateReport,
} from '@yama/authoring'
import { createYama, type Connection, type Target } from '@yama/core'
import { migrationFiles } from '@yama/core/files'
import { withRows } from '@yama/schema'
import { yamlEntities } from '@yama/source-yaml'
import { expect } from 'vitest'
import { everything, type MatrixTarget } from './target.ts'

type Row = Readonly<Record<string, unknown>>

/** What a query answers: rows as the driver gives them, numbers and booleans as text. */
export type Answer = readonly [sql: string, rows: readonly Row[]]

/** A project directory and its live database. */
export class MatrixProject {
  readonly target: MatrixTarget
  readonly root: string
  #hands = 0

  constructor(target: MatrixTarget, root: string) {
    this.target = target
    this.root = root
    mkdirSync(join(root, 'schema'))
    mkdirSync(join(root, 'migrations'))
  }

  get authoring(): AuthoringProject {
    const { root, target } = this
    const entitiesAt = (directory: string) => yamlEntities({ directory, root })
    return {
      root,
      entitiesAt,
      migrationsDirectory: join(root, 'migrations'),
      dialect: target.dialect,
      migrations: migrationFiles({ directory: join(root, 'migrations'), root, dialect: target.dialect }),
      entities: entitiesAt(join(root, 'schema')),
      entitiesDirectory: 'schema',
      scope: everything,
      scratch: { setup: [] },
      notice: () => undefined,
    }
  }

  entities(text: string): void {
    writeFileSync(join(this.root, 'schema', 'all.yaml'), text)
  }

  /** A file by hand follows whatever is there. */
  byHand(sql: string): void {
    this.#hands += 1
    writeFileSync(join(this.root, 'migrations', `9999000000000${String(this.#hands)}_by_hand.sql`), `${sql}\n`)
  }

  async generate(options: {
    readonly prove: boolean
    readonly answers?: Answers
  }): Promise<Extract<GenerateReport, { readonly status: 'written' | 'preview' }>> {
    const report = await generate(this.authoring, { numbering: 'sequential', ...options })
    if (report.status === 'empty') throw new Error('there was nothing to generate')
    if (options.prove) expect(report.proof?.summary).toMatch(/^Up \(/)
    return report
  }

  async hasNothingToGenerate(when: string): Promise<void> {
    const report = await generate(this.authoring, { prove: false, preview: true })
    expect(
      report.status === 'empty' ? '' : report.migrations.map((migration) => migration.text).join('\n'),
      `a second generate ${when}`,
    ).toBe('')
  }

  /** What `yama up` and `yama down` do, with the losses confirmed. */
  async run(goal: Target): Promise<void> {
    await using yama = createYama({ dialect: this.target.dialect, sources: [this.authoring.migrations] })
    const plan = await yama.plan(goal)
    expect(plan.migrations.length).toBeGreaterThan(0)
    await yama.apply(plan, { confirm: plan.digest })
    if ('up' in goal) expect((await yama.status()).pending).toEqual([])
  }

  /** A run asks for a confirmation where `generate` told of a loss, and nowhere for what only might be one. A dropped column is always one. */
  async losesWhatIsTold({ told, migrations }: Extract<GenerateReport, { readonly status: 'written' | 'preview' }>): Promise<void> {
    await using yama = createYama({ dialect: this.target.dialect, sources: [this.authoring.migrations] })
    const { losses } = await yama.plan({ up: 'latest' })
    const expected = told.flatMap(({ loss, loses }) => (loss === 'none' ? [] : [loses]))
    const why = `plan: ${JSON.stringify(losses)}; told: ${JSON.stringify(expected)}\n${migrations.map(({ text }) => text).join('\n')}`
    if (expected.length > 0) expect(losses, why).not.toEqual([])
    else
      expect(
        losses.filter(({ loss }) => loss === 'possible'),
        why,
      ).toEqual([])
  }

  /** The live database against the entities, and the second generate. */
  async isAsEntitiesSay(when: string): Promise<void> {
    await using pool = scratchPool(this.target.schema, { setup: [] }, () => undefined)
    const { facts } = await entitiesState(this.authoring, this.authoring.entities, pool)
    const found = await this.#connected((connection) => withRows(this.target.schema, true).extract(connection, everything))
    const names = { from: 'database', to: 'entities' }
    const { deltas } = compareStates(found, facts, this.target.schema, names, { from: false, to: true }, { from: true, to: false })
    expect(deltas, when).toEqual([])
    await this.hasNothingToGenerate(when)
  }

  async observe(): Promise<readonly string[]> {
    return this.#connected((connection) => this.target.observe(connection))
  }

  /** The catalogue of a database that was made from these entities and never had others. */
  async observedFresh(text: string): Promise<readonly string[]> {
    const root = mkdtempSync(join(this.root, 'fresh-'))
    const fresh = new MatrixProject(this.target, root)
    fresh.entities(text)
    await fresh.generate({ prove: false })
    await using pool = scratchPool(this.target.schema, { setup: [] }, () => undefined)
    const scratch = await pool.take()
    await replayInto(fresh.authoring, await historyNodes(fresh.authoring), scratch)
    return this.target.observe(scratch.connection)
  }

  async execute(sql: string): Promise<void> {
    if (sql.trim() === '') return
    await this.#connected(async (connection) => {
      for (const { text } of this.target.dialect.splitStatements(this.#spoken(sql))) await connection.execute(text)
    })
  }

  async answers(asked: readonly Answer[] | undefined, when: string): Promise<void> {
    for (const [sql, rows] of asked ?? []) {
      const found = await this.#connected((connection) => connection.execute(this.#spoken(sql)))
      expect(found.rows.map(plain), `${sql} ${when}`).toEqual(rows.map(plain))
    }
  }

  /** Names in double quotes are texts to MySQL, which quotes them with backticks. */
  #spoken(sql: string): string {
    if (this.target.kind !== 'mysql') return sql
    return sql.replaceAll(/"((?:[^"]|"")*)"/g, (_, name: string) => `\`${name.replaceAll('""', '"')}\``)
  }

  async #connected<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    await using connection = await this.target.dialect.connect()
    return await work(connection)
  }
}

const plain = (row: Row): Row =>
  Object.fromEntries(
    Object.entries(row).map(([key, value]) => [
      key,
      value === null ? null : typeof value === 'object' ? JSON.stringify(value) : String(value),
    ]),
  )
