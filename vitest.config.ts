import { defineConfig } from 'vitest/config'

const ofTheBuiltCommand = ['test/e2e/**/*.test.ts', 'test/corpus/directories.test.ts', 'test/requirement-examples/**/*.test.ts']

export default defineConfig({
  ssr: { resolve: { conditions: ['yama-source', 'module', 'node', 'development|production'] } },
  resolve: { conditions: ['yama-source', 'module', 'node', 'development|production'] },
  test: {
    // Servers answer while a worker computes, and CI has two processors: one worker would leave one of them idle.
    maxWorkers: 2,
    // Evaluating the packages anew for each file costs more than most files' tests. What a test changes outside itself it puts back.
    isolate: false,
    // CI runs what fails once more, and names it as unsteady at the end: one such test must not hide what else was found.
    retry: process.env['CI'] === 'true' ? 1 : 0,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    server: { deps: { inline: [/@yama\//] } },
    projects: [
      {
        extends: true,
        test: {
          name: 'source',
          include: ['packages/*/src/**/*.test.ts', 'packages/*/test/**/*.test.ts', 'test/**/*.test.ts', 'tools/**/*.test.ts'],
          exclude: ['**/node_modules/**', ...ofTheBuiltCommand],
        },
      },
      {
        extends: true,
        test: { name: 'built', testTimeout: 300_000, include: ofTheBuiltCommand, globalSetup: ['test/e2e/global-build.ts'] },
      },
    ],
  },
})
