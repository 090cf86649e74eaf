import { mkdir } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { writeWhole } from '@yama/core/files'
import { shownPath } from '../program/load-project.ts'
import type { CliCommand } from '../program/command.ts'
import { text } from '../program/option-values.ts'

export const schema: CliCommand = {
  name: 'schema',
  summary: 'Write the JSON Schema of entity files for editors.',
  description:
    "Writes the JSON Schema that editors use to check and complete entity files. `--with-names` adds the project's own entity, field and enum names.",
  options: [
    { flags: '--with-names', description: "complete the project's own names" },
    { flags: '--out <file>', description: 'where to, default .yama/schema/entity.schema.json' },
    { flags: '--print', description: 'to stdout instead of a file' },
  ],
  examples: ['yama schema', 'yama schema --with-names', 'yama schema --print > entity.schema.json'],
  run: async (context, input) => {
    const yaml = await import('@yama/source-yaml')
    const project = await context.project()
    const made =
      input.options['withNames'] === true
        ? await yaml.projectJsonSchema({ directory: project.entitiesDirectory, root: project.root })
        : await yaml.entityJsonSchema()
    const printed = JSON.stringify(made, null, 2)
    if (input.options['print'] === true) return { data: made, text: printed }
    const file = resolve(project.root, text(input.options['out']) ?? '.yama/schema/entity.schema.json')
    await mkdir(dirname(file), { recursive: true })
    await writeWhole(file, `${printed}\n`)
    return { data: { file: shownPath(project.root, file) }, text: `wrote ${shownPath(project.root, file)}` }
  },
}
