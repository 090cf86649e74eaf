import { expect, test } from 'vitest'
import { validateConfig } from './validate-config.ts'

test('a configuration that is right is given back', () => {
  const config = {
    dialect: 'sqlite',
    environments: { dev: { url: 'sqlite:./dev.db', scratch: { allow: true }, setup: ['a.sql'] } },
    late: ['022_x'],
    plugins: [false, null],
  }
  expect(validateConfig(config, 'yama.config.ts')).toBe(config)
})

test.each([
  [undefined, 'does not export an object'],
  [[], 'does not export an object'],
  [{ dialekt: 'sqlite' }, 'unknown key dialekt'],
  [{ dialect: 'oracle' }, 'dialect is "oracle"'],
  [{ dialect: 3 }, 'dialect is the number 3'],
  [{ lockWaitMs: -1 }, 'lockWaitMs is the number -1'],
  [{ skip: 'x' }, 'skip is the string x'],
  [{ late: 'maybe' }, 'late is the string maybe'],
  [{ environments: [] }, 'environments is a list'],
  [{ environments: { dev: 'url' } }, 'environments.dev is not an object'],
  [{ environments: { dev: { prod: true } } }, 'unknown key environments.dev.prod'],
  [{ environments: { dev: { production: 'yes' } } }, 'environments.dev.production is the string yes'],
  [{ environments: { dev: {} }, defaultEnvironment: 'prod' }, 'defaultEnvironment names prod'],
])('%j is refused: %s', (config, problem) => {
  expect(() => validateConfig(config, 'yama.config.ts')).toThrow(
    expect.objectContaining({ code: 'YAMA_CONFIG_INVALID', message: expect.stringContaining(problem) as string }),
  )
})

test('a misspelt key is answered with the one that was meant', () => {
  expect(() => validateConfig({ entites: 'schema' }, 'yama.config.ts')).toThrow(expect.objectContaining({ hint: 'Did you mean entities?' }))
})

test('a key of an environment is told where it belongs', () => {
  expect(() => validateConfig({ devUrl: 'mysql://localhost' }, 'yama.config.ts')).toThrow(
    expect.objectContaining({ hint: 'It belongs to an environment: environments.NAME.devUrl.' }),
  )
})
