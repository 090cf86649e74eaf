import type { ProjectConfig } from '../contract/config.ts'

/**
 * Gives a `yama.config.ts` its types; returns what it is given.
 *
 * @example export default defineConfig({ environments: { dev: { url: 'sqlite:./dev.db' } } })
 */
export function defineConfig<const C extends ProjectConfig>(config: C): C {
  return config
}
