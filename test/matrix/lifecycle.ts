import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
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
import { createYama, YamaError, type Connection, type Target } from '@yama/core'
import { migrationFiles } from '@yama/core/files'
import { withRows } from '@yama/schema'
import { yamlEntities } from '@yama/source-yaml'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { everything, takesAll, takesTurn, targets, type MatrixKind, type MatrixTarget, type Opening } from './target.ts'

export const NOT_SUPPORTED = 'not supported'
type Row = Readonly<Record<string, unknown>>

/** What a query answers: rows as the driver gives them, numbers and booleans as text. */
export type Answer = readonly [sql: string, rows: readonly Row[]]

export interface Outcome {
  /** How many migrations the change becomes; 1 when absent. */
  readonly files?: number
  /** Words that stand in the text of the migrations, and words that must not. */
  readonly says?: readonly (string | RegExp)[]
  readonly never?: readonly (string | RegExp)[]
  /** Asked after Up, after Down and after Up again. */
  readonly always?: readonly Answer[]
  /** Asked after Up, after Down, and after Up again (as after Up, when absent). */
  readonly up?: readonly Answer[]
  readonly down?: readonly Answer[]
  readonly upAgain?: readonly Answer[]
  /**
   * The change is not carried out: code, and the stage that says so. The state before it must still be there, unless `partial` says that the server
   * had committed what came before.
   */
  readonly refused?: {
    readonly at: 'entities' | 'generate' | 'up'
    readonly code: string
    readonly words?: RegExp
    readonly partial?: true
  }
}

/** The same outcome on every database. */
export const everywhere = (outcome: Outcome): Behaviour['expected'] => ({
  postgres: outcome,
  sqlite: outcome,
  mysql: outcome,
})

export interface Behaviour {
  readonly title: string
  readonly from: string
  readonly to: string
  /** `mariadb` where it differs from MySQL. */
  readonly expected: Readonly<Record<MatrixKind, Outcome | typeof NOT_SUPPORTED>> & { readonly mariadb?: Outcome }
  /** Statements written by hand in a migration of their own, after the first: triggers and other things that entities do not carry. */
  readonly byHand?: Partial<Record<MatrixKind, string>>
  /** Run on the live database before the change. */
  readonly rows?: string | Partial<Record<MatrixKind, string>>
  /** Run between Up and Down. */
  readonly between?: string | Partial<Record<MatrixKind, string>>
  readonly answers?: Answers
  /** Absent: Up and Down are proved. A reason why the proof cannot be asked for. */
  readonly unproved?: string
}

/** Runs every behaviour through the whole lifecycle on every database that is here. */
export function matrix(title: string, behaviours: readonly Behaviour[]): void {
  const taken = (opening: Opening): readonly Behaviour[] =>
    behaviours.filter(({ expected }, index) => expected.mariadb !== undefined || takesTurn(opening, index))
  const places = targets.filter((each) => taken(each).length > 0)
  describe.each(places.map((each) => [each.name, each] as const))(`${title} on %s`, (_, opening) => {
    const { kind, product, open } = opening
    let target: MatrixTarget
    beforeAll(async () => {
      target = await open()
    })
    afterAll(async () => {
      await target[Symbol.asyncDispose]()
    })
    for (const behaviour of taken(opening)) {
      const expected = (product === 'mariadb' ? behaviour.expected.mariadb : undefined) ?? behaviour.expected[kind]
      it(expected === NOT_SUPPORTED ? `${behaviour.title} (not supported)` : behaviour.title, async () => {
        if (expected === NOT_SUPPORTED) return
        const root = mkdtempSync(join(tmpdir(), 'yama-matrix-'))
        try {
          await target.reset()
          await live(new Project(target, root), behaviour, expected)
        } finally {
          rmSync(root, { recursive: true, force: true })
        }
      })
    }
  })
}

/** The life of a schema. Every step asserts; none can be left out. */
async function live(project: Project, behaviour: Behaviour, expected: Outcome): Promise<void> {
  const { kind } = project.target
  project.entities(behaviour.from)
  // The change is what a case is about; making a schema from nothing is proved again after it.
  await project.generate({ prove: takesAll })
  await project.run({ up: 'latest' })
  if (takesAll) await project.isAsEntitiesSay('the first state')
  const hand = behaviour.byHand?.[kind]
  if (hand !== undefined) {
    project.byHand(hand)
    await project.run({ up: 'latest' })
    await project.hasNothingToGenerate('after what was written by hand')
  }
  const before = await project.observe()
  await project.execute(statementsFor(behaviour.rows, kind))

  project.entities(behaviour.to)
  if (expected.refused !== undefined) {
    await expectRefused(project, behaviour, expected.refused)
    if (expected.refused.partial !== true) expect(await project.observe(), 'the state after a refusal').toEqual(before)
    return
  }
  const reports = await project.generate({
    prove: behaviour.unproved === undefined,
    ...(behaviour.answers === undefined ? {} : { answers: behaviour.answers }),
  })
  const text = reports.migrations.map((migration) => migration.text).join('\n')
  expect(reports.files, text).toHaveLength(expected.files ?? 1)
  await project.losesWhatIsTold(reports)
  for (const word of expected.says ?? []) expect(text).toMatch(word)
  for (const word of expected.never ?? []) expect(text).not.toMatch(word)
  await project.run({ up: 'latest' })
  await project.isAsEntitiesSay(`after Up:\n${text}`)
  const after = await project.observe()
  if (hand === undefined) expect(after, `made in one go, not changed:\n${text}`).toEqual(await project.observedFresh(behaviour.to))
  await project.answers([...(expected.always ?? []), ...(expected.up ?? [])], 'after Up')
  await project.execute(statementsFor(behaviour.between, kind))

  await project.run({ down: reports.files.length })
  expect(await project.observe(), `after Down:\n${text}`).toEqual(before)
  await project.answers([...(expected.always ?? []), ...(expected.down ?? [])], 'after Down')
  await project.run({ up: 'latest' })
  expect(await project.observe(), `after Up again:\n${text}`).toEqual(after)
  await project.answers([...(expected.always ?? []), ...(expected.upAgain ?? expected.up ?? [])], 'after Up again')
  await project.hasNothingToGenerate('at the end')
}

const statementsFor = (given: Behaviour['rows'], kind: MatrixKind): string => (typeof given === 'string' ? given : given?.[kind]) ?? ''

async function expectRefused(project: Project, behaviour: Behaviour, { at, code, words }: NonNullable<Outcome['refused']>): Promise<void> {
  const step = async (): Promise<unknown> => {
    await project.generate({
      prove: at !== 'up' && behaviour.unproved === undefined,
      ...(behaviour.answers === undefined ? {} : { answers: behaviour.answers }),
    })
    return project.run({ up: 'latest' })
  }
  const error: unknown = await step().then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!YamaError.is(error)) throw error ?? new Error('nothing was refused')
  const codes = [error.code, ...diagnosticCodes(error.data)]
  expect(codes, `${error.message} ${JSON.stringify(error.data)}`).toContain(code)
  if (words !== undefined) expect(`${error.message} ${JSON.stringify(error.data ?? {})}`).toMatch(words)
}

function diagnosticCodes(data: unknown): readonly string[] {
  const list = typeof data === 'object' && data !== null && 'diagnostics' in data ? data.diagnostics : []
  return Array.isArray(list) ? list.map((one: { readonly code?: string }) => one.code ?? '') : []
}

/** A project directory and its live database. */
class Project {
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
    const fresh = new Project(this.target, root)
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
