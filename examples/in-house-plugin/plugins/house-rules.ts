import { definePlugin, type Diagnostic } from '@yama/core'

declare module '@yama/core' {
  interface StepKinds {
    /** A line in the house's own audit table. */
    announce: { readonly kind: 'announce'; readonly text: string }
  }
}

/** A hook, a step kind, a check and a command, in one file of the project. */
export const houseRules = definePlugin((options: { readonly maximumSeconds: number }) => {
  const started = new Map<string, number>()
  return {
    name: 'house-rules',
    hooks: {
      // Around each migration: what takes too long is told, and still applied.
      migration: async ({ node }, next) => {
        started.set(node.migration.id, performance.now())
        await next()
        const seconds = (performance.now() - (started.get(node.migration.id) ?? 0)) / 1000
        if (seconds > options.maximumSeconds) process.stderr.write(`${node.migration.name} took ${seconds.toFixed(1)} s\n`)
      },
      // Every migration announces itself: the graph is data, and a hook may add to it.
      graph: (migrations) =>
        migrations.map((migration) => ({ ...migration, up: [...migration.up, { kind: 'announce', text: migration.name } as const] })),
    },
    steps: {
      announce: async (step, { connection }) => {
        await connection.execute('CREATE TABLE IF NOT EXISTS announcements (text TEXT NOT NULL)')
        await connection.execute('INSERT INTO announcements (text) VALUES (?)', [step.text])
      },
    },
    checks: [
      {
        id: 'description-present',
        description: 'Every migration says what it is for.',
        run: async ({ graph }) =>
          graph
            .order()
            .filter(({ migration }) => migration.metadata.description === undefined)
            .map(({ migration }): Diagnostic => ({
              code: 'HOUSE_DESCRIPTION_MISSING',
              severity: 'warning',
              message: `${migration.name} has no description.`,
              hint: 'Add a line `-- description: …` to its header.',
              position: { file: migration.file, line: 1, column: 1 },
              migration: migration.id,
            })),
      },
    ],
    commands: [
      {
        name: 'announcements',
        description: 'Lists how many migrations the project has and which are applied.',
        run: async ({ yama, print }) => {
          const [graph, status] = await Promise.all([yama.graph(), yama.status()])
          for (const row of status.applied) print(`announced: ${row.name}`)
          print(`${status.applied.length} of ${graph.size} applied`)
          return { applied: status.applied.map((row) => row.name), total: graph.size }
        },
      },
    ],
  }
})
