import { createRequire } from 'node:module'

/**
 * The driver. It is CommonJS and loaded as what it is, for as an ES module Node first searches all its files for the names of
 * exports, a quarter of the time it takes to load. Where there is no `node_modules`, in a bundle, the import is what the
 * bundler has put there; its error is the one that counts.
 */
export async function loadPg(): Promise<Pick<typeof import('pg'), 'Client'>> {
  try {
    return createRequire(import.meta.url)('pg') as typeof import('pg')
  } catch {
    // No `node_modules`, or none that has it: the import finds it or says so.
    return (await import('pg')).default
  }
}
