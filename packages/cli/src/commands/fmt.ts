import { readFile } from 'node:fs/promises'
import { writeWhole } from '@yama/core/files'
import { entityFiles } from '../program/entity-files.ts'
import { shownPath } from '../program/load-project.ts'
import type { CliCommand } from '../program/command.ts'
import { cliErrors } from '../errors/errors.ts'

export const fmt: CliCommand = {
  name: 'fmt',
  summary: 'Format entity files: canonical, expanded or compact.',
  description:
    'Rewrites entity files in canonical form, keeping comments. `--expand` writes every field as an object, `--compact` as shorthand where that loses nothing.',
  arguments: [{ name: '[files...]', description: 'default: every entity file' }],
  options: [
    { flags: '--expand', description: 'objects instead of shorthand' },
    { flags: '--compact', description: 'shorthand instead of objects' },
    { flags: '--check', description: 'write nothing; exit 2 where a file would change' },
  ],
  examples: ['yama fmt', 'yama fmt --compact schema/user.yaml', 'yama fmt --check'],
  run: async (context, input) => {
    const { formatEntityFile } = await import('@yama/source-yaml')
    if (input.options['expand'] === true && input.options['compact'] === true) {
      throw cliErrors.YAMA_CLI_USAGE({ problem: '--expand and --compact exclude each other.', next: 'Give one of them.' })
    }
    const form = input.options['expand'] === true ? 'expand' : input.options['compact'] === true ? 'compact' : 'keep'
    const project = await context.project()
    const named = Array.isArray(input.arguments[0]) ? (input.arguments[0] as string[]) : []
    const changed: string[] = []
    for (const path of await entityFiles(project.entitiesDirectory, named, context.globals.cwd)) {
      const before = await readFile(path, 'utf8')
      const after = formatEntityFile(before, { form, file: shownPath(project.root, path) })
      if (after === before) continue
      changed.push(shownPath(project.root, path))
      if (input.options['check'] !== true) await writeWhole(path, after)
    }
    const check = input.options['check'] === true
    const verb = check ? 'would change' : 'formatted'
    return {
      data: { changed },
      text: changed.length === 0 ? 'Every file is formatted.' : changed.map((file) => `${verb} ${file}`).join('\n'),
      exitCode: check && changed.length > 0 ? 2 : 0,
      reason: changed.length === 0 ? 'no changes' : verb,
    }
  },
}
