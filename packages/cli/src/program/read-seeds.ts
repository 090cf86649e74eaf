import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Dialect, Migration } from '@yama/core'
import { fillPlaceholders, seedFiles, seedMigration } from '@yama/core/files'
import { cliErrors } from '../errors/errors.ts'
import { shownPath, type LoadedProject } from './load-project.ts'
import { projectPlaceholders } from './project-placeholders.ts'

/** The seeds of an environment in the order in which they run, with their placeholders filled in. */
export async function readSeeds(project: LoadedProject, dialect: Dialect, environment: string): Promise<readonly Migration[]> {
  const { seed } = project.config
  const paths =
    seed === undefined
      ? await seedFiles(project.migrationsDirectory, environment)
      : [seed].flat().map((file) => resolve(project.root, file))
  const seeds = await Promise.all(paths.map((path, index) => readOne(path, shownPath(project.root, path), index + 1, dialect)))
  return fillPlaceholders(seeds, dialect.kind, projectPlaceholders(project, environment))
}

async function readOne(path: string, file: string, place: number, dialect: Dialect): Promise<Migration> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    throw cliErrors.YAMA_SEED_FAILED({ file, reason: 'it cannot be read' }, { cause: error })
  }
  if (!/\.ya?ml$/i.test(path)) return seedMigration({ file, text, place }, dialect)
  const [{ readSeed }, { upsertStatements }] = await Promise.all([import('@yama/source-yaml'), import('./upsert-statements.ts')])
  return seedMigration({ file, text, place, steps: upsertStatements(readSeed(text, file), dialect.kind) }, dialect)
}
