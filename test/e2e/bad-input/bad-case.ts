import type { Project } from '../project.ts'

/** One thing that is wrong, and the command that meets it. */
export interface BadCase {
  readonly title: string
  readonly files?: Readonly<Record<string, string | Buffer>>
  readonly command: string | readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** What has to have happened before; what it returns is disposed after the command. */
  readonly before?: (project: Project) => Promise<Disposable | undefined | void>
  /** Drops root, for rights that root does not know. */
  readonly unprivileged?: true
}

export const sqlite = { DATABASE_URL: 'sqlite:./t.db' } as const

/** A configuration as TypeScript text. */
export const config = (body: string): string => `import { defineConfig } from '@yama/cli'\nexport default defineConfig(${body})\n`

/** Must never be printed. */
export const secret = 'hunter2-do-not-print'

/** Runs a command that has to work before the bad one. */
export async function works(
  project: Project,
  command: string | readonly string[],
  env: Readonly<Record<string, string>> = sqlite,
): Promise<void> {
  const { code, output } = await project.yama(command, { env })
  if (code !== 0) throw new Error(`yama ${String(command)} was to prepare the case and ended with ${code}\n${output}`)
}
