import { config, sqlite, works, type BadCase } from './bad-case.ts'

const project = config("{ dialect: 'sqlite', environments: { dev: { url: 'sqlite:t.db' } } }")
const entity = (text: string): Readonly<Record<string, string>> => ({ 'yama.config.ts': project, 'schema/a.yaml': text })
const users = 'entities:\n  User:\n    table: users\n    fields:\n      id: bigint! primary identity\n      name: string(80)!\n'

export const entityCases: readonly BadCase[] = [
  { title: 'tab in an entity', command: 'validate', files: entity('entities:\n\tUser:\n') },
  { title: 'entity file that is no YAML', command: 'validate', files: entity('entities: [\n') },
  { title: 'unknown key in an entity', command: 'validate', files: entity('entities:\n  User:\n    feilds:\n      id: int primary\n') },
  { title: 'unknown type', command: 'validate', files: entity('entities:\n  User:\n    fields:\n      id: bigintt primary\n') },
  { title: 'relation to nothing', command: 'validate', files: entity(`${users}    relations:\n      team: belongsTo Taem\n`) },
  { title: 'entity named twice', command: 'validate', files: { ...entity(users), 'schema/b.yaml': users } },
  {
    title: 'several mistakes in one go',
    command: 'generate',
    files: entity('entities:\n  User:\n    fields:\n      id: bigintt primary\n      name: sting\n'),
  },
  {
    title: 'entity file in UTF-16',
    command: 'validate',
    files: { 'yama.config.ts': project, 'schema/a.yaml': Buffer.from(`\uFEFF${users}`, 'utf16le') },
  },
  { title: 'generate into a directory that cannot be written', command: 'generate', files: entity(users), unprivileged: true },
  { title: 'new migration in a directory that cannot be written', command: 'new x', files: entity(users), unprivileged: true },
  { title: 'entities that are a list', command: 'validate', files: entity('- User\n') },
  { title: 'show of a table that is not there', command: 'show user', files: entity(users) },
  { title: 'fmt of a broken file', command: 'fmt', files: entity('entities: [\n') },
  {
    title: 'check that the database refuses',
    command: 'generate',
    files: entity('entities:\n  User:\n    fields:\n      id: bigint! primary\n    checks:\n      positive: nope > 0\n'),
  },
  {
    title: 'rename that nobody decided',
    command: 'generate',
    files: entity(users),
    before: async (made) => {
      await works(made, 'generate')
      made.write('schema/a.yaml', users.replace('name:', 'fullName:'))
    },
  },
  {
    title: 'decisions file that is not there',
    command: 'generate --decide answers.yaml',
    files: entity(users),
  },
  {
    title: 'decisions file that is a list',
    command: 'generate --decide answers.yaml',
    files: { ...entity(users), 'answers.yaml': '- rename\n' },
  },
  {
    title: 'answer to a question that was not asked',
    command: 'generate --decide answers.yaml',
    files: { ...entity(users), 'answers.yaml': '"column:users.nmae": rename\n' },
    before: async (made) => {
      await works(made, 'generate')
      made.write('schema/a.yaml', users.replace('name:', 'fullName:'))
    },
  },
  {
    title: 'migrations that do not run in an empty database',
    command: 'generate',
    files: { ...entity(users), 'migrations/001_a.sql': 'alter table nowhere add column x text;\n' },
  },
  { title: 'check of entities that no migration makes', command: 'check', files: entity(users) },
  { title: 'git revision that does not exist', command: 'diff git:nowhere entities', files: entity(users), env: sqlite },
]
