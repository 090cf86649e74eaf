import { closestName } from '@yama/core'
import type { ProjectConfig } from '@yama/core'
import { cliErrors } from '../errors/errors.ts'

type Shape =
  | 'text'
  | 'flag'
  | 'number'
  | 'texts'
  | 'text-or-texts'
  | 'map'
  | 'list'
  | 'late'
  | 'environments'
  | 'scratch'
  | 'values'
  | 'policy'
  | 'backup'

const projectKeys = {
  project: 'text',
  dialect: 'text',
  migrations: 'text',
  entities: 'text',
  seed: 'text-or-texts',
  verify: 'text-or-texts',
  defaultEnvironment: 'text',
  environments: 'environments',
  plugins: 'list',
  naming: 'map',
  numbering: 'text',
  policy: 'policy',
  late: 'late',
  skip: 'texts',
  needs: 'texts',
  lockWaitMs: 'number',
  drift: 'text',
  historyFunctions: 'flag',
  placeholders: 'values',
  placeholdersInBodies: 'flag',
  backup: 'backup',
  docs: 'text',
} as const satisfies Record<keyof ProjectConfig, Shape>

const environmentKeys = {
  url: 'text',
  directUrl: 'text',
  pooler: 'flag',
  devUrl: 'text',
  production: 'flag',
  setup: 'text-or-texts',
  scratch: 'scratch',
  seed: 'flag',
  backup: 'backup',
  placeholders: 'values',
  schemas: 'texts',
  include: 'texts',
  exclude: 'texts',
} as const satisfies Record<keyof NonNullable<ProjectConfig['environments']>[string], Shape>

const choices: Readonly<Record<string, readonly string[]>> = {
  dialect: ['postgres', 'sqlite', 'mysql', 'mariadb'],
  numbering: ['timestamp', 'sequential'],
  drift: ['check'],
}

/** Refuses what would otherwise be ignored: unknown keys, wrong types, unknown choices. Names the key. */
export function validateConfig(value: unknown, file: string): ProjectConfig {
  if (!isMap(value)) throw invalid(file, 'it does not export an object', 'Write `export default defineConfig({ … })`.')
  checkKeys(value, projectKeys, file, '')
  for (const [name, allowed] of Object.entries(choices)) {
    const given = value[name]
    if (given !== undefined && !allowed.includes(String(given))) {
      throw invalid(file, `${name} is ${JSON.stringify(given)}`, `It may be ${allowed.join(', ')}.`)
    }
  }
  const environments = value['environments']
  if (isMap(environments)) {
    for (const [name, environment] of Object.entries(environments)) {
      if (!isMap(environment)) throw invalid(file, `environments.${name} is not an object`, 'Write `{ url: "env:DATABASE_URL" }`.')
      checkKeys(environment, environmentKeys, file, `environments.${name}.`)
    }
    const chosen = value['defaultEnvironment']
    if (typeof chosen === 'string' && !(chosen in environments)) {
      throw invalid(
        file,
        `defaultEnvironment names ${chosen}, which is not in environments`,
        `There are ${Object.keys(environments).join(', ')}.`,
      )
    }
  }
  checkPlugins(value['plugins'], file)
  return value as ProjectConfig
}

/** A falsy entry is left out on purpose; anything else must be what `definePlugin` gives. */
function checkPlugins(plugins: unknown, file: string): void {
  if (!Array.isArray(plugins)) return
  for (const [index, plugin] of plugins.entries()) {
    if (plugin === false || plugin === null || plugin === undefined) continue
    if (!isMap(plugin) || typeof plugin['name'] !== 'string') {
      throw invalid(file, `plugins[${index}] is ${describe(plugin)}`, 'Give what `definePlugin(…)` returns, called: `houseRules()`.')
    }
  }
}

function checkKeys(value: Readonly<Record<string, unknown>>, keys: Readonly<Record<string, Shape>>, file: string, prefix: string): void {
  for (const [key, given] of Object.entries(value)) {
    const shape = keys[key]
    if (shape === undefined) {
      throw invalid(file, `unknown key ${prefix}${key}`, adviceFor(key, keys, prefix))
    }
    if (given !== undefined && !fits(given, shape))
      throw invalid(file, `${prefix}${key} is ${describe(given)}`, `It must be ${wanted[shape]}.`)
  }
}

function adviceFor(key: string, keys: Readonly<Record<string, Shape>>, prefix: string): string {
  if (prefix === '' && key in environmentKeys) return `It belongs to an environment: environments.NAME.${key}.`
  const near = closestName(key, Object.keys(keys))
  return near === undefined ? `Known keys: ${Object.keys(keys).join(', ')}.` : `Did you mean ${prefix}${near}?`
}

const wanted = {
  text: 'a text',
  flag: 'true or false',
  number: 'a number of milliseconds',
  texts: 'a list of texts',
  'text-or-texts': 'a text or a list of texts',
  map: 'an object of texts',
  list: 'a list',
  late: '"refuse", "allow" or a list of migrations',
  environments: 'an object of environments',
  scratch: 'an object such as { allow: true }',
  backup: 'true, or an object such as { directory: "backups", when: "always" }',
  values: 'an object of texts, numbers, true and false',
  policy: 'an object such as { linear: true, downs: true, names: { tables: "^[a-z_]+$" } }',
} as const satisfies Record<Shape, string>

function fits(value: unknown, shape: Shape): boolean {
  const texts = (list: unknown): boolean => Array.isArray(list) && list.every((item) => typeof item === 'string')
  const checks = {
    text: () => typeof value === 'string',
    flag: () => typeof value === 'boolean',
    number: () => typeof value === 'number' && value >= 0,
    texts: () => texts(value),
    'text-or-texts': () => typeof value === 'string' || texts(value),
    map: () => isMap(value) && Object.values(value).every((item) => typeof item === 'string'),
    list: () => Array.isArray(value),
    late: () => value === 'refuse' || value === 'allow' || texts(value),
    environments: () => isMap(value),
    policy: () => isPolicy(value),
    backup: () =>
      typeof value === 'boolean' ||
      (isMap(value) &&
        Object.entries(value).every(
          ([key, of]) =>
            ['directory', 'when', 'command'].includes(key) &&
            typeof of === 'string' &&
            (key !== 'when' || of === 'always' || of === 'destructive'),
        )),
    values: () => isMap(value) && Object.values(value).every((item) => ['string', 'number', 'boolean'].includes(typeof item)),
    scratch: () => isMap(value) && Object.keys(value).every((key) => key === 'allow' || key === 'outside'),
  } satisfies Record<Shape, () => boolean>
  return checks[shape]()
}

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const describe = (value: unknown): string =>
  Array.isArray(value)
    ? 'a list'
    : value === null
      ? 'null'
      : typeof value === 'object'
        ? 'an object'
        : `the ${typeof value} ${String(value)}`
const invalid = (file: string, problem: string, next: string): Error => cliErrors.YAMA_CONFIG_INVALID({ file, problem, next })

const POLICY_NAMES = ['migrations', 'tables', 'views', 'columns', 'indexes', 'constraints']

function isPolicy(value: unknown): boolean {
  if (!isMap(value)) return false
  const { linear, downs, names, ...rest } = value
  const isFlag = (given: unknown): boolean => given === undefined || typeof given === 'boolean'
  return Object.keys(rest).length === 0 && isFlag(linear) && isFlag(downs) && (names === undefined || isNames(names))
}

const isNames = (names: unknown): boolean =>
  isMap(names) && Object.entries(names).every(([key, pattern]) => POLICY_NAMES.includes(key) && isExpression(pattern))

function isExpression(pattern: unknown): boolean {
  if (typeof pattern !== 'string') return false
  try {
    return new RegExp(pattern) instanceof RegExp
  } catch {
    return false
  }
}
