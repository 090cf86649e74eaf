import type { SourcePosition } from '@yama/core'
import { type Document, isPair, isScalar, type Pair, Scalar, visit } from 'yaml'
import type { Report } from '../errors/report.ts'

const open = (text: string): boolean => text.split('(').length > text.split(')').length

/**
 * `{ type: enum(a, b)! }` is two keys to YAML. Reports it, and joins the pieces so that nothing else complains about them.
 * Returns the ranges that were torn.
 */
export function mendFlowTrap(
  yaml: Document.Parsed,
  text: string,
  report: Report,
  place: (offset: number) => SourcePosition,
): readonly (readonly [number, number])[] {
  const torn: (readonly [number, number])[] = []
  visit(yaml, {
    Map(_key, map) {
      if (map.flow !== true) return
      const kept: typeof map.items = []
      let current: Pair | undefined
      let start = 0
      for (const item of map.items) {
        const key = isScalar(item.key) ? item.key : undefined
        const value = isScalar(current?.value) ? current.value : undefined
        if (current !== undefined && value !== undefined && typeof value.value === 'string' && open(value.value) && key?.range != null) {
          if (value.range != null) start = value.range[0]
          const joined = text.slice(start, key.range[1])
          const whole = new Scalar(joined)
          whole.range = value.range ?? key.range
          current.value = whole
          if (!open(joined)) {
            report.error('YAMA_ENTITY_FLOW_TRAP', { text: joined }, place(start))
            torn.push([start, key.range[1]])
          }
          continue
        }
        kept.push(item)
        current = isPair(item) ? item : undefined
      }
      map.items = kept
    },
  })
  return torn
}
