import { createRequire } from 'node:module'

/**
 * Loads a CommonJS package as what it is. Imported as an ES module, Node first searches its whole text for the names of its
 * exports, which for a command that starts often is felt: jiti takes half as long this way.
 */
export const loadCommonjs = createRequire(import.meta.url) as (name: string) => unknown
