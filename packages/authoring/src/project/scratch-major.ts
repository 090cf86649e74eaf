import { buildGraph } from '@yama/core'
import type { AuthoringProject } from './authoring-project.ts'

/** The server's major version in a tag or a state: 15 of `pg15:s1:…`. */
export function majorOf(tag: string): number | undefined {
  const digits = /^[a-z]+(\d+):/.exec(tag)?.[1]
  return digits === undefined ? undefined : Number(digits)
}

/**
 * The project with scratch databases of the wanted major version: the one given, where a database was asked, else the one that
 * the newest `state:` of its migrations was written with. No database is contacted. Rejects with what the migrations' source rejects with.
 */
export async function withScratchMajor(project: AuthoringProject, known?: number): Promise<AuthoringProject> {
  if (project.scratch.major !== undefined) return project
  if (known !== undefined) return { ...project, scratch: { ...project.scratch, major: known } }
  const loaded = await project.migrations.load(project.scratch.signal)
  const newest = loaded.some(({ state }) => state !== undefined)
    ? buildGraph(loaded)
        .order()
        .findLast(({ migration }) => migration.state !== undefined)
    : undefined
  const stated = newest?.migration.state === undefined ? undefined : majorOf(newest.migration.state.after)
  const migrations = { ...project.migrations, load: async () => loaded }
  return { ...project, migrations, scratch: { ...project.scratch, ...(stated === undefined ? {} : { major: stated }) } }
}
