import { describe, expect, it } from 'vitest'
import type { Plugin } from '../contract/plugin.ts'
import { resolvePlugins } from './resolve-plugins.ts'

const plugin = (name: string, rest: Partial<Plugin> = {}): Plugin => ({ name, api: 1, ...rest })
const code = (...plugins: readonly Plugin[]): unknown => {
  try {
    resolvePlugins(plugins)
  } catch (error) {
    return (error as { code: string }).code
  }
  return undefined
}

describe('resolvePlugins', () => {
  it('puts required plugins first and keeps the order otherwise', () => {
    const { plugins } = resolvePlugins([plugin('c', { requires: ['b'] }), false, plugin('a'), null, plugin('b')])
    expect(plugins.map(({ name }) => name)).toEqual(['b', 'c', 'a'])
  })
  it('refuses what cannot work', () => {
    const command = { name: 'x', description: '', run: async () => undefined }
    const steps = { magic: async () => undefined } as never
    expect(code(plugin('a'), plugin('a'))).toBe('YAMA_PLUGIN_DUPLICATE')
    expect(code(plugin('a', { api: 2 as never }))).toBe('YAMA_PLUGIN_API')
    expect(code(plugin('a', { requires: ['b'] }))).toBe('YAMA_PLUGIN_REQUIRES')
    expect(code(plugin('a', { requires: ['b'] }), plugin('b', { requires: ['a'] }))).toBe('YAMA_PLUGIN_CYCLE')
    expect(code(plugin('a', { steps }), plugin('b', { steps }))).toBe('YAMA_PLUGIN_STEP_TWICE')
    expect(code(plugin('a', { steps: { sql: async () => undefined } }))).toBe('YAMA_PLUGIN_STEP_TWICE')
    expect(code(plugin('a', { commands: [command] }), plugin('b', { commands: [command] }))).toBe('YAMA_PLUGIN_COMMAND_TWICE')
  })
  it('gathers checks, commands and step kinds', () => {
    const resolved = resolvePlugins([
      plugin('a', {
        checks: [{ id: 'c', description: '', run: async () => [] }],
        commands: [{ name: 'x', description: '', run: async () => undefined }],
        steps: { magic: async () => undefined } as never,
      }),
    ])
    expect([resolved.checks.length, resolved.commands.length, [...resolved.steps.keys()]]).toEqual([1, 1, ['magic']])
  })
})
