import { closestName, type Reversibility, type SourcePosition, type SqlStep } from '@yama/core'
import { planChange, requirePlan } from '../actions/plan-change.ts'
import type { Action } from '../contract/action.ts'
import type { ChangeLoss, ChangePlan, ChangeRequest } from '../contract/change-plan.ts'
import type { Rename } from '../contract/delta.ts'
import type { Operation, OperationStep } from '../contract/operation.ts'
import type { SchemaDialect } from '../contract/schema-dialect.ts'
import { schemaErrors } from '../errors/errors.ts'
import type { FactBase } from '../facts/fact.ts'
import { invertRenames } from '../renames/apply-renames.ts'
import { operations } from './registry.ts'

export interface CompileOptions {
  /** Operations of plugins, beside the built-in ones. */
  readonly operations?: readonly Operation[]
  readonly server?: ChangeRequest['server']
}

export interface CompiledOperations {
  /** Each at the position of its operation. */
  readonly up: readonly SqlStep[]
  /** Absent where a `sql` operation has no way back. */
  readonly down?: readonly SqlStep[]
  readonly after: FactBase
  readonly losses: readonly ChangeLoss[]
  readonly reversibility: Reversibility
}

interface Piece {
  readonly up: readonly SqlStep[]
  readonly down: readonly SqlStep[] | undefined
  readonly plan?: ChangePlan
}
interface Group {
  readonly start: FactBase
  readonly position: SourcePosition | undefined
}

/**
 * The statements of portable operations, on the schema `base`, through the same difference, rules and strategies as everything else. Operations
 * between two renames or `sql` steps are planned as one change, so that a table is rebuilt once.
 * Throws YAMA_OPERATION_… codes with the operation's position, and the refusals of `planChange`.
 */
export function compileOperations(
  steps: readonly OperationStep[],
  base: FactBase,
  dialect: SchemaDialect,
  options: CompileOptions = {},
): CompiledOperations {
  const known = new Map([...Object.values(operations), ...(options.operations ?? [])].map((operation) => [operation.name, operation]))
  const pieces: Piece[] = []
  let group: Group | undefined
  let current = base
  const plan = (before: FactBase, after: FactBase, renames: readonly Rename[], position: SourcePosition | undefined): void => {
    const request = { dialect, ...(options.server === undefined ? {} : { server: options.server }) }
    const up = requirePlan(planChange({ ...request, before, after, renames }))
    const down = requirePlan(planChange({ ...request, before: after, after: before, renames: invertRenames(renames) }))
    pieces.push({ up: toSteps(up.actions, position), down: toSteps(down.actions, position), plan: up })
  }
  const flush = (): void => {
    if (group !== undefined) plan(group.start, current, [], group.position)
    group = undefined
  }
  for (const step of steps) {
    const result = operationOf(step, known).apply({ base: current, dialect, step })
    if ('up' in result) {
      flush()
      pieces.push({
        up: result.up.map((text) => verbatim(text, step.position)),
        down: result.down?.map((text) => verbatim(text, step.position)),
      })
      continue
    }
    if (result.renames !== undefined) {
      flush()
      plan(current, result.after, result.renames, step.position)
    } else {
      // Dropping and adding under one name is meant as written, not as an alter.
      if (group !== undefined && bringsBack(group.start, current, result.after)) flush()
      group ??= { start: current, position: step.position }
    }
    current = result.after
  }
  flush()
  return join(pieces, current)
}

function operationOf(step: OperationStep, known: ReadonlyMap<string, Operation>): Operation {
  const operation = known.get(step.name)
  if (operation !== undefined) return operation
  const meant = closestName(step.name, known.keys())
  throw schemaErrors.YAMA_OPERATION_UNKNOWN(
    { name: step.name, known: [...known.keys()].join(', '), suggestion: meant === undefined ? '' : ` Did you mean \`${meant}\`?` },
    { position: step.position },
  )
}

function bringsBack(start: FactBase, before: FactBase, after: FactBase): boolean {
  for (const id of after.facts.keys()) if (!before.facts.has(id) && start.facts.has(id)) return true
  return false
}

function toSteps(actions: readonly Action[], position: SourcePosition | undefined): readonly SqlStep[] {
  return actions.map((action) => {
    const place = action.because.origin ?? position
    // A statement whose effect needs a commit before it is used runs alone: steps know no finer word.
    return {
      kind: 'sql',
      text: action.sql,
      transaction: action.transaction === 'any' ? 'any' : 'none',
      ...(place === undefined ? {} : { position: place }),
    }
  })
}

function verbatim(text: string, position: SourcePosition | undefined): SqlStep {
  return { kind: 'sql', text, transaction: 'any', ...(position === undefined ? {} : { position }) }
}

function join(pieces: readonly Piece[], after: FactBase): CompiledOperations {
  const reversible = pieces.every((piece) => piece.down !== undefined)
  const costs = pieces.map((piece) => piece.plan?.reversibility ?? (piece.down === undefined ? 'irreversible' : 'lossless'))
  return {
    up: pieces.flatMap((piece) => piece.up),
    ...(reversible ? { down: pieces.toReversed().flatMap((piece) => piece.down ?? []) } : {}),
    after,
    losses: pieces.flatMap((piece) => piece.plan?.losses ?? []),
    reversibility: costs.includes('irreversible') ? 'irreversible' : costs.includes('lossy') ? 'lossy' : 'lossless',
  }
}
