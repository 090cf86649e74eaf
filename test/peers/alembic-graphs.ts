import { graph } from './behaviour.ts'

export const chain = graph({ a: [], b: ['a'], c: ['b'], d: ['c'], e: ['d'] })
export const branched = graph({ a: [], b: ['a'], c1: ['b'], d1: ['c1'], c2: ['b'], d2: ['c2'] })
export const merged = graph({ a: [], b: ['a'], c1: ['b'], d1: ['c1'], c2: ['b'], d2: ['c2'], e: ['d1', 'd2'], f: ['e'] })
export const mergepoint = graph({ a1: [], b1: ['a1'], c1: ['b1'], a2: [], b2: ['a2'], c2: ['b2'], d1: ['c1', 'c2'], d2: ['c2'] })
export const threeWay = graph({
  ...{ a1: [], b1: ['a1'], c1: ['b1'], a2: [], b2: ['a2'], c2: ['b2'], a3: [], b3: ['a3'], c3: ['b3'] },
  ...{ d1: ['c1', 'c2', 'c3'], d2: ['c2'], d3: ['c3'] },
})
export const twins = graph({
  a: [],
  b1: ['a'],
  b2: ['a'],
  b3: ['a'],
  c1: ['b1', 'b2', 'b3'],
  c2: ['b1', 'b2', 'b3'],
  d1: ['c1'],
  d2: ['c2'],
})
export const almostTwins = graph({ a: [], b1: ['a'], b2: ['a'], b3: ['a'], c1: ['b1', 'b2'], c2: ['b2', 'b3'], d1: ['c1'], d2: ['c2'] })
/** `depends_on` is an edge like any other here. */
export const dependent = graph({ a1: [], b1: ['a1'], c1: ['b1'], a2: [], b2: ['a2'], c2: ['b2', 'c1'], d1: ['c1'], e1: ['d1'], f1: ['e1'] })
export const crossed = graph({ a1: [], a2: ['a1'], b1: [], b2: ['b1', 'a2'], b3: ['b2'], a3: ['a2', 'b1'] })
export const AT_MOST =
  'A count is at most: what there is is run or taken back, and the plan shows it before; a deployment that asks for more must not fail.'
export const ONE_BRANCH =
  '`down --to X` leaves exactly what X needs, so that the end is the same whatever order branches were applied in; `down --run` takes back one run.'
