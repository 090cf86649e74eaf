import type { FactBase, SchemaDialect, Scope, Scratch, ScratchOptions } from '@yama/schema'

/** Scratch databases of one command: the first is chosen once and printed, the others are its equals. All go when the pool goes. */
export interface ScratchPool extends AsyncDisposable {
  take(): Promise<Scratch>
  /** Starts to open the first database, for whoever takes it; a failure shows when it is taken. */
  warm?(scope: Scope): void
  /** What an untouched database of the pool has; read beforehand where there was time for it. */
  untouched?(scratch: Scratch): Promise<FactBase> | undefined
  /** What was chosen; undefined while nothing was needed. */
  description(): string | undefined
}

/** Opens nothing until a scratch database is asked for. */
export function scratchPool(schema: SchemaDialect, options: ScratchOptions, notice: (message: string) => void): ScratchPool {
  const open: Promise<Scratch>[] = []
  let first: Promise<Scratch> | undefined
  let chosen: Scratch | undefined
  let taken = false
  let before: Promise<FactBase> | undefined
  const keep = (scratch: Promise<Scratch>): Promise<Scratch> => {
    open.push(scratch)
    return scratch
  }
  const quietly = (work: Promise<unknown>): void => void work.catch(() => undefined)
  return {
    warm(scope) {
      if (first !== undefined) return
      first = keep(schema.scratch(options))
      before = first.then((scratch) => schema.extract(scratch.connection, scope))
      // Whoever takes the database, or asks what it has, is told.
      quietly(first)
      quietly(before)
    },
    untouched: (scratch) => (scratch === chosen ? before : undefined),
    async take() {
      first ??= keep(schema.scratch(options))
      const own = !taken
      taken = true
      const scratch = await first
      if (!own) return keep(scratch.another())
      // One connection does one thing at a time.
      await Promise.allSettled([before])
      chosen = scratch
      notice(`scratch database: ${scratch.description}`)
      return scratch
    },
    description: () => chosen?.description,
    async [Symbol.asyncDispose]() {
      quietly(before ?? Promise.resolve())
      const all = await Promise.allSettled(open)
      for (const each of all.toReversed()) if (each.status === 'fulfilled') await each.value[Symbol.asyncDispose]()
      open.length = 0
    },
  }
}
