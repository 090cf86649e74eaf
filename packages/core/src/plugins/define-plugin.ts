import { PLUGIN_API, type Plugin } from '../contract/plugin.ts'

/**
 * Turns a factory into a plugin factory which states the contract generation it was written for.
 *
 * @example
 * export const audit = definePlugin((options: { readonly file: string }) => ({
 *   name: 'audit',
 *   hooks: { event: (event) => append(options.file, event) },
 * }))
 */
export function definePlugin<const Options extends readonly unknown[]>(
  factory: (...options: Options) => Omit<Plugin, 'api'>,
): (...options: Options) => Plugin {
  return (...options) => Object.freeze({ api: PLUGIN_API, ...factory(...options) })
}
