import { config, secret, type BadCase } from './bad-case.ts'

const withUrl = (url: string): Readonly<Record<string, string>> => ({
  'yama.config.ts': config(`{ environments: { dev: { url: '${url}' } } }`),
  'migrations/1_a.sql': 'select 1;',
})

export const configurationCases: readonly BadCase[] = [
  { title: 'configuration that does not exist', command: 'status --config other.ts' },
  { title: 'configuration that does not parse', command: 'status', files: { 'yama.config.ts': 'export default {{' } },
  { title: 'configuration that throws', command: 'status', files: { 'yama.config.ts': "throw new Error('no luck')" } },
  {
    title: 'configuration that imports what is not there',
    command: 'status',
    files: { 'yama.config.ts': "import 'not-there'\nexport default {}" },
  },
  { title: 'configuration in JSON that does not parse', command: 'status', files: { 'yama.config.json': '{ "dialect": }' } },
  { title: 'configuration that exports a function', command: 'status', files: { 'yama.config.ts': 'export default () => ({})' } },
  { title: 'unknown key', command: 'status', files: { 'yama.config.ts': config("{ migration: 'x' } as never") } },
  {
    title: 'unknown key of an environment',
    command: 'status',
    files: { 'yama.config.ts': config("{ environments: { dev: { ulr: 'x' } } } as never") },
  },
  { title: 'wrong type', command: 'status', files: { 'yama.config.ts': config("{ skip: '001_a' } as never") } },
  {
    title: 'environment that is a text',
    command: 'status',
    files: { 'yama.config.ts': config("{ environments: { dev: 'sqlite:x.db' } } as never") },
  },
  { title: 'unknown dialect', command: 'status', files: { 'yama.config.ts': config("{ dialect: 'oracle' } as never") } },
  {
    title: 'default environment that is none',
    command: 'status',
    files: { 'yama.config.ts': config("{ defaultEnvironment: 'live', environments: { dev: {} } }") },
  },
  {
    title: 'unknown environment',
    command: 'status -e prdo',
    files: { 'yama.config.ts': config('{ environments: { dev: {}, prod: {} } }') },
  },
  { title: 'no database named', command: 'status' },
  { title: 'no dialect named', command: 'validate' },
  { title: 'secret whose variable is not set', command: 'status', files: withUrl('env:SHOP_URL') },
  { title: 'secret whose file is not there', command: 'status', files: withUrl('file:/run/secrets/nowhere') },
  {
    title: 'secret whose command fails and prints it',
    command: 'status',
    files: { ...withUrl('exec:cat secret.txt secret.txt >&2; false'), 'secret.txt': secret },
  },
  { title: 'URL with a scheme of nobody', command: ['status', '--url', `oracle://scott:${secret}@db/x`] },
  { title: 'URL that does not parse', command: ['status', '--url', `postgres://scott:${secret}@db:port/x`] },
  { title: 'URL without a scheme', command: 'status --url localhost/shop' },
  { title: 'MySQL server that is not there', command: ['status', '--url', `mysql://root:${secret}@127.0.0.1:1/shop`] },
  {
    title: 'setup file that is not there',
    command: 'generate',
    files: {
      'yama.config.ts': config("{ dialect: 'sqlite', environments: { dev: { url: 'sqlite:x.db', setup: 'provides.sql' } } }"),
      'schema/a.yaml': 'entities:\n  A:\n    fields:\n      id: int primary\n',
    },
  },
  {
    title: 'plugin for another version of the contract',
    command: 'status',
    files: {
      'yama.config.ts': config("{ plugins: [{ name: 'old', api: 0 }], environments: { dev: { url: 'sqlite:x.db' } } } as never"),
      'migrations/1_a.sql': 'select 1;',
    },
  },
  {
    title: 'plugin that is no plugin',
    command: 'status',
    files: {
      'yama.config.ts': config("{ plugins: ['acme'], environments: { dev: { url: 'sqlite:x.db' } } } as never"),
      'migrations/1_a.sql': 'select 1;',
    },
  },
  {
    title: 'reset in production',
    command: 'reset --confirm prod',
    files: { 'yama.config.ts': config("{ environments: { prod: { url: 'sqlite:x.db', production: true } } }") },
  },
  {
    title: 'seed in production',
    command: 'seed',
    files: { 'yama.config.ts': config("{ environments: { prod: { url: 'sqlite:x.db', production: true } } }"), 'seed.sql': 'select 1;' },
  },
  { title: 'reset without a confirmation', command: 'reset', files: withUrl('sqlite:x.db') },
  { title: 'reset confirmed for another environment', command: 'reset --confirm prod', files: withUrl('sqlite:x.db') },
]
