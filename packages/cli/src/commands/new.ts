import { mkdir } from 'node:fs/promises'
import { writeWhole } from '@yama/core/files'
import { cliErrors } from '../errors/errors.ts'
import { shownPath } from '../program/load-project.ts'
import { newMigrationFile, type MigrationFormat } from '../program/new-migration-file.ts'
import type { CliCommand } from '../program/command.ts'
import { text } from '../program/option-values.ts'

const formats = ['sql', 'yaml', 'ts'] as const satisfies readonly MigrationFormat[]

export const newMigration: CliCommand = {
  name: 'new',
  summary: 'Write an empty SQL, YAML or TypeScript migration.',
  description:
    'Writes an empty migration after the current heads, with its header. In a directory of numbered files it takes the next free number, below a 9xx block.',
  arguments: [{ name: '<name>', description: 'words for the file name: create_users' }],
  options: [
    { flags: '--format <format>', description: 'kind of file', choices: formats, default: 'sql' },
    { flags: '--phase <phase>', description: 'phase of the migration', choices: ['expand', 'migrate', 'contract'] },
    { flags: '--ticket <id>', description: 'ticket, for the header' },
    { flags: '--plain', description: 'without a header, for a directory of plain SQL files' },
  ],
  examples: ['yama new backfill_phone', 'yama new normalise_phones --format ts', 'yama new rename_heading --format yaml'],
  run: async (context, input) => {
    const project = await context.authoring()
    const { config } = await context.project()
    const phase = text(input.options['phase']) as 'expand' | 'migrate' | 'contract' | undefined
    const ticket = text(input.options['ticket'])
    const file = await newMigrationFile(project, {
      action: text(input.arguments[0]) ?? '',
      format: input.options['format'] as MigrationFormat,
      plain: input.options['plain'] === true,
      ...(config.numbering === undefined ? {} : { numbering: config.numbering }),
      ...(phase === undefined ? {} : { phase }),
      ...(ticket === undefined ? {} : { ticket }),
    })
    await mkdir(project.migrationsDirectory, { recursive: true })
    const shown = shownPath(project.root, file.path)
    try {
      await writeWhole(file.path, file.text, { fresh: true })
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EEXIST')
        throw cliErrors.YAMA_FILE_EXISTS({ file: shown }, { cause: error })
      throw error
    }
    return { data: { file: shown, id: file.id }, text: `wrote ${shown}` }
  },
}
