import type { Scratch, SchemaDialect, ScratchOptions } from '@yama/schema'

/** Scratch databases of one command: the first is chosen once and printed, the others are its equals. All go when the pool goes. */
export interface ScratchPool extends AsyncDisposable {
  take(): Promise<Scratch>
  /** What was chosen; undefined while nothing was needed. */
  description(): string | undefined
}

/** Opens nothing until a scratch database is asked for. */
export function scratchPool(schema: SchemaDialect, options: ScratchOptions, notice: (message: string) => void): ScratchPool {
  const open: Scratch[] = []
  return {
    take: async () => {
      const first = open[0]
      const scratch = first === undefined ? await schema.scratch(options) : await first.another()
      if (first === undefined) notice(`scratch database: ${scratch.description}`)
      open.push(scratch)
      return scratch
    },
    description: () => open[0]?.description,
    [Symbol.asyncDispose]: async () => {
      for (const scratch of open.toReversed()) await scratch[Symbol.asyncDispose]()
      open.length = 0
    },
  }
}
