import type { FactBase, SchemaDialect, Scope, Scratch, ScratchOptions } from '@yama/schema'

/** Scratch databases of one command: the first is chosen once and printed, the others are its equals. All go when the pool goes. */
export interface ScratchPool extends AsyncDisposable {
  take(): Promise<Scratch>
  /** Starts to open databases for whoever takes them, and to read what the last of them has; a failure shows when one is taken. */
  warm?(scope: Scope, databases: 1 | 2): void
  /** What an untouched database of the pool has, where it was read beforehand. */
  untouched?(scratch: Scratch): Promise<FactBase> | undefined
  /** Work that may go on while the databases are used; the pool goes when it is done, and rejects where it failed. */
  afterwards?(work: Promise<void>): void
  /** What was chosen; undefined while nothing was needed. */
  description(): string | undefined
}

/** Leaves work to the pool where that takes it, so that nobody waits for it now. */
export async function afterwards(pool: ScratchPool, work: Promise<void>): Promise<void> {
  if (pool.afterwards === undefined) return work
  // The pool tells.
  work.catch(() => undefined)
  pool.afterwards(work)
}

/** Opens nothing until a scratch database is asked for. */
export function scratchPool(schema: SchemaDialect, options: ScratchOptions, notice: (message: string) => void): ScratchPool {
  const opened: Promise<Scratch>[] = []
  const spare: Promise<Scratch>[] = []
  const read = new WeakMap<Promise<Scratch>, Promise<FactBase>>()
  const facts = new WeakMap<Scratch, Promise<FactBase>>()
  const works: Promise<void>[] = []
  let chosen: Scratch | undefined
  const open = (): Promise<Scratch> => {
    const [first] = opened
    const scratch = first === undefined ? schema.scratch(options) : first.then((known) => known.another())
    // Whoever takes the database is told.
    scratch.catch(() => undefined)
    opened.push(scratch)
    return scratch
  }
  return {
    warm(scope, databases) {
      while (opened.length < databases) spare.push(open())
      const last = spare.at(-1)
      if (last === undefined) return
      const before = last.then((scratch) => schema.extract(scratch.connection, scope))
      // Whoever asks for `untouched` is told.
      before.catch(() => undefined)
      read.set(last, before)
    },
    untouched: (scratch) => facts.get(scratch),
    async take() {
      const next = spare.shift() ?? open()
      const scratch = await next
      const before = read.get(next)
      if (before !== undefined) facts.set(scratch, before)
      // One connection does one thing at a time.
      await Promise.allSettled([before])
      if (chosen === undefined) notice(`scratch database: ${scratch.description}`)
      chosen ??= scratch
      return scratch
    },
    afterwards: (work) => void works.push(work),
    description: () => chosen?.description,
    async [Symbol.asyncDispose]() {
      const all = await Promise.allSettled(opened)
      for (const each of all.toReversed()) if (each.status === 'fulfilled') await each.value[Symbol.asyncDispose]()
      opened.length = 0
      await Promise.all(works.splice(0))
    },
  }
}
