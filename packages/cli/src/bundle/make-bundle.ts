import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { buildGraph, type Dialect, type Migration } from '@yama/core'
import { readHooks, type BundleBody, type BundledMigration, type BundledStep } from '@yama/core/files'
import { cliErrors } from '../errors/errors.ts'
import type { CliContext } from '../program/cli-context.ts'
import { shownPath } from '../program/load-project.ts'
import { projectFiles } from '../program/migration-source.ts'
import { toolVersion } from '../program/tool-version.ts'
import { compileModules } from './compile-modules.ts'

/** Everything that a run needs of the project's files, for one kind of database. Placeholders stay placeholders. */
export async function makeBundle(context: CliContext): Promise<BundleBody> {
  const project = await context.project()
  const authoring = await context.authoring()
  const { dialect } = authoring
  const loaded = await projectFiles(project, dialect, { mustExist: true }).load(context.signal)
  // What cannot run is not packed.
  buildGraph(loaded)
  const compiled = await operationsOf(context, loaded)
  const migrations = loaded.map((migration) => bundled(compiled.get(migration.id) ?? migration))
  const code = migrations.filter(({ kind }) => kind === 'code').map(({ file }) => file)
  return {
    format: 1,
    project: project.config.project ?? 'default',
    dialect: dialect.kind,
    toolVersion: toolVersion(),
    migrations,
    modules: await compileModules(project.root, code),
    hooks: hooksOf(project.migrationsDirectory, project.root, dialect),
  }
}

function hooksOf(migrations: string, root: string, dialect: Dialect): BundleBody['hooks'] {
  const directory = join(migrations, 'hooks')
  if (!existsSync(directory)) return []
  return readHooks(directory, shownPath(root, directory), dialect, undefined).map((hook) => ({
    ...hook,
    steps: hook.steps.flatMap((step) => (step.kind === 'sql' ? [step] : [])),
  }))
}

/** Operations of YAML become the SQL that a plan would show. */
async function operationsOf(context: CliContext, loaded: readonly Migration[]): Promise<ReadonlyMap<string, Migration>> {
  const hasOperations = ({ up, down = [] }: Migration): boolean => [...up, ...down].some((step) => step.kind === 'operation')
  if (!loaded.some(hasOperations)) return new Map()
  const { compileOperationSteps } = await import('@yama/authoring')
  return await compileOperationSteps(await context.authoring())
}

function bundled({ up, down, ...migration }: Migration): BundledMigration {
  const { file, name } = migration
  const steps = (list: Migration['up']): readonly BundledStep[] =>
    list.map((step): BundledStep => {
      if (step.kind === 'sql') return step
      if (step.kind === 'code') return { kind: 'code', module: file, ...(step.position === undefined ? {} : { position: step.position }) }
      throw cliErrors.YAMA_BUNDLE_STEP({ name, kind: step.kind }, { position: { file, line: 1, column: 1 } })
    })
  return { ...migration, up: steps(up), ...(down === undefined ? {} : { down: steps(down) }) }
}
