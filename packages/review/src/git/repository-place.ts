import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { YamaError } from '@yama/core'
import { readCodeOwners, type CodeOwnersRule } from '../owners/code-owners.ts'
import { gitIn } from './git.ts'

/** Where a project lies in its repository, and what that says of owners. */
export interface RepositoryPlace {
  /** From a file of the project to the same in the repository. */
  readonly inRepository: (file: string) => string
  readonly codeOwners: readonly CodeOwnersRule[]
}

/** GitHub takes the first that is there, GitLab looks at the same and at its own. */
const CODEOWNERS = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS', '.gitlab/CODEOWNERS']

/** Finds the repository around a project. Without one the project is its own. */
export async function repositoryPlace(root: string): Promise<RepositoryPlace> {
  const git = gitIn(root)
  let [top, prefix] = [root, '']
  try {
    top = (await git('HEAD', 'rev-parse', '--show-toplevel')).trim()
    prefix = (await git('HEAD', 'rev-parse', '--show-prefix')).trim()
  } catch (error) {
    // Not in a repository, or without git: paths are then those of the project.
    if (!YamaError.is(error)) throw error
  }
  const file = CODEOWNERS.map((name) => join(top, name)).find((path) => existsSync(path))
  return {
    inRepository: (path) => `${prefix}${path}`,
    codeOwners: file === undefined ? [] : readCodeOwners(await readFile(file, 'utf8')),
  }
}
