import type { CommitGroup, Plan } from '@yama/core'

/** A plan for machines: everything that the digest covers, without functions. */
export function planData(plan: Plan): Readonly<Record<string, unknown>> {
  return {
    digest: plan.digest,
    project: plan.project,
    databaseId: plan.databaseId,
    environment: plan.environment ?? null,
    migrations: plan.migrations.map(({ node, direction, groups, fromHistory, resume }) => ({
      id: node.migration.id,
      name: node.migration.name,
      file: node.migration.file,
      direction,
      phase: node.migration.phase,
      link: node.link,
      ...(node.migration.repeatable === undefined ? {} : { repeatable: node.migration.repeatable }),
      reversibility: node.migration.reversibility ?? null,
      fromHistory,
      ...(resume === undefined ? {} : { resume }),
      groups: groups.map(groupData),
    })),
    hooks: (plan.hooks ?? []).map(({ event, file, groups }) => ({ event, file, groups: groups.map(groupData) })),
    losses: plan.losses,
  }
}

const groupData = (group: CommitGroup): Readonly<Record<string, unknown>> => ({
  transactional: group.transactional,
  statements: group.steps.map(({ step, effect, hook }) =>
    step.kind === 'sql'
      ? {
          sql: step.text,
          ...(effect === undefined ? {} : { effect }),
          ...(step.position === undefined ? {} : { line: step.position.line }),
          ...(hook === undefined ? {} : { hook }),
        }
      : { kind: step.kind },
  ),
})
