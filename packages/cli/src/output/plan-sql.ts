import type { Plan } from '@yama/core'

/** The pure SQL of a plan, transaction by transaction, for a DBA to read or run by hand. */
export function planSql(plan: Plan): string {
  return plan.migrations
    .map(({ node, direction, groups }) => {
      const title = `-- ${node.migration.name} (${direction})`
      const body = groups.map((group) => {
        const statements = group.steps
          .map(({ step }) => (step.kind === 'sql' ? `${step.text};` : `-- a ${step.kind} step: it has no SQL, run it with yama`))
          .join('\n')
        return group.transactional ? `BEGIN;\n${statements}\nCOMMIT;` : statements
      })
      return [title, ...body].join('\n')
    })
    .join('\n\n')
}
