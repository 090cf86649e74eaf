import { closestName } from '@yama/core'
import { catalogue } from '../errors/catalogue.ts'
import { cliErrors } from '../errors/errors.ts'
import { columns } from '../output/columns.ts'
import type { CliCommand } from '../program/command.ts'
import { text } from '../program/option-values.ts'

export const explain: CliCommand = {
  name: 'explain',
  summary: 'Explain an error code.',
  description: 'Prints what a code means and what to do, offline. Without a code it lists all of them.',
  arguments: [{ name: '[code]', description: 'for example YAMA_LOCK_BUSY' }],
  examples: ['yama explain YAMA_LOCK_BUSY', 'yama explain --json'],
  run: async (_context, input) => {
    const known = await catalogue()
    const asked = text(input.arguments[0])?.toUpperCase()
    if (asked === undefined) {
      const rows = [...known].toSorted(([a], [b]) => (a < b ? -1 : 1))
      return { data: Object.fromEntries(rows), text: columns(rows.map(([code, spec]) => [code, spec.message])) }
    }
    const code = known.has(asked) ? asked : `YAMA_${asked}`
    const spec = known.get(code)
    if (spec === undefined) {
      const near = closestName(asked, known.keys())
      throw cliErrors.YAMA_EXPLAIN_UNKNOWN({ code: asked, suggestion: near === undefined ? '' : ` Did you mean ${near}?` })
    }
    return {
      data: { code, ...spec },
      text: [code, '', `  ${spec.message}`, '', spec.explain, '', `Next: ${spec.hint}`, `Exit code: ${spec.exit}`].join('\n'),
    }
  },
}
