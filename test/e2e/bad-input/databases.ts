import { chmodSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { lockFile, onFile } from '../sqlite-file.ts'
import { config, secret, sqlite, works, type BadCase } from './bad-case.ts'

const files = { 'migrations/001_a.sql': 'create table a (id integer primary key);\n' }
const environments = config("{ environments: { staging: { url: 'sqlite:t.db' }, prod: { url: 'sqlite:t.db', production: true } } }")
const withoutDriver = (name: string): string => {
  const source = `export async function resolve(s,c,n){if(s===${JSON.stringify(name)}){throw Object.assign(new Error("Cannot find package '${name}'"),{code:'ERR_MODULE_NOT_FOUND'})}return n(s,c)}`
  const required = `const find=Module._resolveFilename;Module._resolveFilename=function(s,...a){if(s===${JSON.stringify(name)}){throw Object.assign(new Error("Cannot find module '${name}'"),{code:'MODULE_NOT_FOUND'})}return find.call(this,s,...a)}`
  const register = `import Module,{register}from'node:module';register(${JSON.stringify(`data:text/javascript,${encodeURIComponent(source)}`)});${required}`
  return `--import=data:text/javascript,${encodeURIComponent(register)}`
}

export const databaseCases: readonly BadCase[] = [
  { title: 'file that is no SQLite database', command: 'up', env: sqlite, files: { ...files, 't.db': 'x'.repeat(4096) } },
  { title: 'directory that does not exist', command: 'up --url sqlite:./nowhere/t.db', files },
  {
    title: 'database that is a directory',
    command: 'up',
    env: sqlite,
    files,
    before: async (project) => void mkdirSync(join(project.directory, 't.db')),
  },
  {
    title: 'database that may only be read',
    command: 'up',
    env: sqlite,
    files,
    unprivileged: true,
    before: async (project) => {
      onFile(join(project.directory, 't.db'), 'create table other (id int)')
      chmodSync(join(project.directory, 't.db'), 0o444)
    },
  },
  {
    title: 'database that another process holds',
    command: 'up --lock-wait 0',
    env: sqlite,
    files,
    before: async (project) => lockFile(join(project.directory, 't.db')),
  },
  {
    title: 'history of a newer version',
    command: 'up',
    env: sqlite,
    files: { ...files, 'migrations/002_b.sql': 'create table b (id int);' },
    before: async (project) => {
      await works(project, 'up --to 001_a')
      onFile(join(project.directory, 't.db'), "update yama_meta set value = '99' where key = 'format'")
    },
  },
  {
    title: 'staging that points at production',
    command: 'up -e staging',
    files: { ...files, 'yama.config.ts': environments },
    before: async (project) => {
      await works(project, 'up -e prod', {})
      project.write('migrations/002_b.sql', 'create table b (id int);')
    },
  },
  { title: 'SQLite driver that is not installed', command: 'up', env: { ...sqlite, NODE_OPTIONS: withoutDriver('better-sqlite3') }, files },
  {
    title: 'PostgreSQL driver that is not installed',
    command: 'up --url postgres://localhost/x',
    env: { NODE_OPTIONS: withoutDriver('pg') },
    files,
  },
  {
    title: 'PGlite that is not installed',
    command: 'up --url pglite:memory',
    env: { NODE_OPTIONS: withoutDriver('@electric-sql/pglite') },
    files,
  },
  { title: 'server that does not answer', command: ['up', '--url', `postgres://yama:${secret}@127.0.0.1:1/x`], files },
  { title: 'host that does not exist', command: ['up', '--url', `postgres://yama:${secret}@no-such-host.invalid/x`], files },
]
