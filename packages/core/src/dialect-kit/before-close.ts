import type { Connection, ServerInfo } from '../contract/dialect.ts'

type Work = () => Promise<void>

/** By what says who answers: a wrapper around a connection keeps it. */
const works = new WeakMap<ServerInfo, Set<Work>>()

/** Has work done before a connection is closed, in which it can still be used; returns its removal. Only where the dialect calls `runBeforeClose`. */
export function beforeClose({ server }: Connection, work: Work): () => void {
  const all = works.get(server) ?? new Set()
  works.set(server, all)
  all.add(work)
  return () => all.delete(work)
}

/** What was asked for with `beforeClose`; the dialect's connection calls it when it is disposed of. */
export async function runBeforeClose(server: ServerInfo): Promise<void> {
  for (const work of [...(works.get(server) ?? [])]) await work()
}
