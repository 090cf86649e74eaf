import { canonicalJson, sha256Hex } from '@yama/core'
import type { AuthoringProject } from '../project/authoring-project.ts'

/** Format of cached facts; a change of the model changes it, so that no old file is believed. */
const CACHE_FORMAT = 4

/** The schema after migrations; of entities, built whole or in part; what was stated in the last that were built; the files that were read last. */
export type CachePurpose = 'history' | 'entities' | 'entities-part' | 'entities-last' | 'entities-seen'

/** Names cached facts by everything that decides them: what was run, where, and what was looked at. */
export function cacheKey(purpose: CachePurpose, project: AuthoringProject, inputs: readonly string[]): string {
  const { scratch, scope, dialect } = project
  const context = {
    format: CACHE_FORMAT,
    purpose,
    kind: dialect.kind,
    major: scratch.major ?? 0,
    devUrl: scratch.devUrl !== undefined,
    setup: scratch.setup,
    scope: { ...scope },
  }
  return `${purpose}-${sha256Hex(canonicalJson({ context, inputs })).slice(0, 32)}`
}

/**
 * The names under which a result is stored: its own, and, where no major version was wanted, that with the version of the scratch database
 * which was chosen. The first migration tells that version, and the next command asks for it.
 */
export function cacheKeys(purpose: CachePurpose, project: AuthoringProject, inputs: readonly string[], major: number): readonly string[] {
  const own = cacheKey(purpose, project, inputs)
  if (project.scratch.major !== undefined) return [own]
  return [own, cacheKey(purpose, { ...project, scratch: { ...project.scratch, major } }, inputs)]
}
