import { mkdir } from 'node:fs/promises'
import { relative, sep } from 'node:path'
import { writeWhole } from '@yama/core/files'
import type { Diagnostic, Reversibility } from '@yama/core'
import { prove, type Action, type ProofReport } from '@yama/schema'
import { scratchDialect, type AuthoringProject } from '../project/authoring-project.ts'
import { withScratchMajor } from '../project/scratch-major.ts'
import { replayInto } from '../replay/replay-history.ts'
import { scratchPool, type ScratchPool } from '../replay/scratch-pool.ts'
import type { GenerateOptions } from './generate-options.ts'
import { gitAuthor } from './git-author.ts'
import { toldActions, type ToldAction } from './told-actions.ts'
import { planGeneration, type Generation } from './plan-generation.ts'
import { renderMigrations, type RenderedMigration } from './render-migrations.ts'

export type GenerateReport =
  | { readonly status: 'empty'; readonly diagnostics: readonly Diagnostic[]; readonly scratch: string | undefined }
  | {
      readonly status: 'written' | 'preview'
      /** Relative to the project, in the order in which they run. */
      readonly files: readonly string[]
      readonly migrations: readonly RenderedMigration[]
      readonly up: readonly Action[]
      readonly down: readonly Action[]
      /** The changes of Up for people: a rebuild is one. */
      readonly told: readonly ToldAction[]
      readonly reversibility: Reversibility
      readonly proof: ProofReport | undefined
      readonly diagnostics: readonly Diagnostic[]
      readonly scratch: string | undefined
    }

/**
 * Writes the migration from the replayed history to the entities; nothing where they are equal. A proof starts from entities built as a whole.
 * Rejects with YAMA_DECISION_NEEDED, YAMA_ENTITY_INVALID, YAMA_REPLAY_FAILED, YAMA_ENTITIES_REFUSED, YAMA_PROOF_FAILED.
 */
export async function generate(given: AuthoringProject, options: GenerateOptions): Promise<GenerateReport> {
  const project = { ...(await withScratchMajor(given)), whole: options.prove || given.whole === true }
  const pool = scratchPool(scratchDialect(project.dialect), project.scratch, project.notice)
  try {
    const author = gitAuthor(project.root)
    const generation = await planGeneration(project, pool, options)
    const { diagnostics, up, down } = generation
    if (up.actions.length === 0) return { status: 'empty', diagnostics, scratch: pool.description() }
    const proof = options.prove ? await proveGeneration(project, pool, generation) : undefined
    const migrations = renderMigrations(project, generation, options, await author)
    const files = migrations.map(({ path }) => relative(project.root, path).split(sep).join('/'))
    if (options.preview !== true) {
      await mkdir(project.migrationsDirectory, { recursive: true })
      // `fresh`: a file that appeared in between is never overwritten.
      for (const { path, text } of migrations) await writeWhole(path, text, { fresh: true })
    }
    const status = options.preview === true ? 'preview' : 'written'
    return {
      status,
      files,
      migrations,
      up: up.actions,
      down: down.actions,
      told: toldActions(up.actions),
      reversibility: up.reversibility,
      proof,
      diagnostics,
      scratch: pool.description(),
    }
  } finally {
    await pool[Symbol.asyncDispose]()
  }
}

async function proveGeneration(project: AuthoringProject, pool: ScratchPool, generation: Generation): Promise<ProofReport> {
  const clone = await pool.take()
  await replayInto(project, generation.nodes, clone)
  return prove({
    up: generation.up,
    ...(generation.up.reversibility === 'irreversible' ? {} : { down: generation.down }),
    before: generation.before,
    after: generation.after,
    scratch: clone,
    dialect: scratchDialect(project.dialect),
    scope: project.scope,
  })
}
