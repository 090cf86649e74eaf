import { columns } from '../output/columns.ts'
import type { CliCommand } from '../program/command.ts'
import { text } from '../program/option-values.ts'

export const tag: CliCommand = {
  name: 'tag',
  summary: 'Name where a database stands, as a target for later.',
  description:
    'Binds a name to the heads of what is applied (or to `--at`), in the database and as an event of its log. `yama up --to tag:NAME` and `yama down --to tag:NAME` go there. Without a name it lists the tags.',
  arguments: [{ name: '[name]', description: 'for example v1.4' }],
  options: [
    { flags: '--at <migration>', description: 'bind it to this target instead of what is applied' },
    { flags: '--force', description: 'move a tag that exists' },
    { flags: '--delete', description: 'take the tag away; its events stay' },
  ],
  examples: ['yama tag v1.4', 'yama tag v1.3 --at 20261120093000', 'yama tag'],
  run: async (context, input) => {
    const yama = await context.yama()
    const name = text(input.arguments[0])
    if (name === undefined) {
      const tags = await yama.tags()
      const rows = tags.map(({ name: each, heads }) => [each, heads.join(', ') || 'base'])
      return { data: tags, text: rows.length === 0 ? 'There is no tag yet.' : columns(rows) }
    }
    const at = text(input.options['at'])
    const made = await yama.tag(name, {
      force: input.options['force'] === true,
      remove: input.options['delete'] === true,
      ...(at === undefined ? {} : { at }),
    })
    const said = input.options['delete'] === true ? `${name} is no tag any more` : `${name} is at ${made.heads.join(', ') || 'base'}`
    return { data: made, text: said }
  },
}
