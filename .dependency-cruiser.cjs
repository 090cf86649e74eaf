// The arrows of ARCHITECTURE.md. `pnpm check:layers` is the judge.
const tests = '\\.(test|test-d|bench)\\.ts$|^packages/[^/]+/test/'
const drivers = '(^|node_modules/)(pg|@electric-sql/pglite|better-sqlite3|mysql2|libpg-query)(/|$)'
const dialects = 'postgres|mysql|sqlite'

/** Which packages the code (not the tests) of each package may import; a package that is not listed may import none. */
const allowed = {
  core: [],
  sql: ['core'],
  schema: ['core'],
  postgres: ['core', 'sql', 'schema'],
  mysql: ['core', 'sql', 'schema'],
  sqlite: ['core', 'sql', 'schema'],
  testkit: ['core', 'schema'],
}
const feature = ['core', 'sql', 'schema']
const notFeatures = [...Object.keys(allowed), 'cli'].join('|')

const layers = [
  ...Object.entries(allowed).map(([name, may]) => ({
    name: `layer-${name}`,
    comment: `${name} may import ${may.length === 0 ? 'no other package' : may.join(', ')}.`,
    severity: 'error',
    from: { path: `^packages/${name}/`, pathNot: tests },
    to: { path: '^packages/', pathNot: `^packages/(${[name, ...may].join('|')})/` },
  })),
  {
    name: 'layer-feature',
    comment: `A feature may import ${feature.join(', ')}: never another feature, never a dialect.`,
    severity: 'error',
    from: { path: '^packages/([^/]+)/', pathNot: [tests, `^packages/(${notFeatures})/`] },
    to: { path: '^packages/', pathNot: `^packages/($1|${feature.join('|')})/` },
  },
  {
    name: 'layer-cli',
    comment: 'Nothing imports the command line, tests of the command line aside.',
    severity: 'error',
    from: { path: '^packages/', pathNot: '^packages/cli/' },
    to: { path: '^packages/cli/' },
  },
  {
    name: 'testkit-in-tests-only',
    comment: 'testkit is for tests.',
    severity: 'error',
    from: { path: '^packages/', pathNot: [tests, '^packages/testkit/'] },
    to: { path: '^packages/testkit/' },
  },
  {
    name: 'schema-tests-know-no-dialect',
    comment: 'What schema and core promise is proved without a dialect; across dialects it is proved in test/.',
    severity: 'error',
    from: { path: '^packages/(core|sql|schema)/' },
    to: { path: `^packages/(${dialects})/` },
  },
]

module.exports = {
  forbidden: [
    ...layers,
    {
      name: 'folders-are-private',
      comment: "A file directly in src/ is public, a folder is the package's own.",
      severity: 'error',
      from: { path: '^packages/([^/]+)/' },
      to: { path: '^packages/[^/]+/(src|test)/.+/', pathNot: '^packages/$1/' },
    },
    {
      name: 'core-is-portable',
      comment: 'Core runs in a browser: node:* only under src/files* and src/dialect-kit*.',
      severity: 'error',
      from: { path: '^packages/(core|sql|schema)/src/', pathNot: [tests, '^packages/core/src/(files|dialect-kit)'] },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'core-has-no-dependency',
      comment: 'Core, sql and schema bring nothing.',
      severity: 'error',
      from: { path: '^packages/(core|sql|schema)/src/', pathNot: tests },
      to: { dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown'], pathNot: '^packages/' },
    },
    {
      name: 'drivers-load-in-connect',
      comment: 'A driver is imported inside connect(), never at the top of a module.',
      severity: 'error',
      from: { path: '^packages/', pathNot: tests },
      to: { path: drivers, dependencyTypesNot: ['dynamic-import', 'type-only', 'type-import'] },
    },
    {
      name: 'no-value-cycle',
      comment: 'Modules that need each other cannot be understood apart. A dynamic import breaks a cycle: it runs later.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only', 'type-import', 'dynamic-import'] } },
    },
    {
      name: 'type-cycles-in-contract-only',
      comment: 'Types may refer to each other inside contract/ alone (and facts/, the contract of the model).',
      severity: 'error',
      from: { pathNot: '/(contract|facts)/' },
      to: { circular: true, viaOnly: { pathNot: '/(contract|facts)/', dependencyTypesNot: ['dynamic-import'] } },
    },
    {
      name: 'no-code-to-test',
      comment: 'Code does not import tests.',
      severity: 'error',
      from: { path: '^packages/[^/]+/src/', pathNot: tests },
      to: { path: tests },
    },
    {
      name: 'resolvable',
      comment: 'Every import leads somewhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|\\.turbo)/|tsup\\.config\\.ts$' },
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      conditionNames: ['yama-source', 'types', 'import', 'node', 'default'],
      exportsFields: ['exports'],
      extensions: ['.ts', '.js', '.mjs', '.json', '.d.ts'],
    },
  },
}
