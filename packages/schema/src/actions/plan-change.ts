import type { Reversibility, YamaError } from '@yama/core'
import type { Action } from '../contract/action.ts'
import type { ChangePlan, ChangeRequest } from '../contract/change-plan.ts'
import type { AnyDelta, Rename } from '../contract/delta.ts'
import { difference } from '../difference/difference.ts'
import { factBase } from '../facts/fact-base.ts'
import type { FactBase, FactId } from '../facts/fact.ts'
import { orderActions } from '../order/order-actions.ts'
import { applyRenames } from '../renames/apply-renames.ts'
import { caseRenames } from '../renames/case-renames.ts'
import { keepRenamedValues } from '../renames/keep-renamed-values.ts'
import { planRenames } from '../renames/plan-renames.ts'
import { schemasOfRenames } from '../renames/schemas-of-renames.ts'
import { checkCoverage } from './check-coverage.ts'
import { findElisions } from './find-elisions.ts'
import { findReplacements } from './find-replacements.ts'
import { judgeUnmanaged } from './judge-unmanaged.ts'
import { groupDeltas, ruleContext } from './rule-context.ts'
import { runRules } from './run-rules.ts'
import { serverOf } from './server-of.ts'
import { summarise } from './summarise.ts'

/**
 * How to get from `before` to `after`: renames, difference, rules, strategies, one order. Refusals are collected, not thrown, and leave
 * `actions` empty; `requirePlan` throws them. The way back is the same function with the states swapped and the renames inverted.
 * Throws YAMA_SCHEMA_RENAME_INVALID for impossible renames and YAMA_SCHEMA_CYCLE where no order exists.
 */
export function planChange(request: ChangeRequest): ChangePlan {
  return planWith(withCaseRenames(request))
}

function planWith(request: ChangeRequest): ChangePlan {
  const { dialect, after, renames } = request
  const server = request.server ?? serverOf(dialect, after, request.before)
  const renamePlan = planRenames(request.before, renames, dialect, server)
  const before =
    request.renamed === undefined
      ? withSchemas(applyRenames(request.before, carriedOut(request)), request)
      : keepRenamedValues(request.renamed, request.before, renames)
  const grouped = groupDeltas(difference(before, after))
  const replaced = new Set<FactId>()
  const claimed = new Set<FactId>()
  const context = ruleContext({ before, after, server, deltas: grouped, replaced, claimed })
  const replacements = findReplacements(dialect, context, grouped, replaced)
  const deltas = [...grouped.values()].flat()
  const refusals: YamaError[] = [...renamePlan.refusals, ...replacements.refusals]
  const made = [...renamePlan.actions, ...runRules(deltas, { dialect, context, claimed, elided: findElisions(dialect, context), refusals })]
  refusals.push(
    ...judgeUnmanaged(
      before,
      made.filter((action) => action.because.change !== 'rename' || action.needs !== undefined),
      replacements.disturbed,
    ),
  )
  const told = [...renamePlan.deltas, ...deltas]
  // What a refusal left out would be reported a second time.
  if (refusals.length > 0) return finish(request, [], told, refusals)
  const actions = dialect.strategies.reduce<readonly Action[]>((current, strategy) => strategy.apply(current, context), made)
  const lost = checkCoverage(actions, deltas, dialect)
  return finish(
    request,
    lost.length > 0 ? [] : orderActions(actions, { before, after, foreignKeysInline: dialect.foreignKeysInline === true }),
    told,
    lost,
  )
}

/** The renames that the database carries out as such; of the others the difference makes a change. */
function carriedOut({ before, renames, dialect }: ChangeRequest): readonly Rename[] {
  if (dialect.constraintNamesStay !== true) return renames
  return renames.filter(({ from }) => {
    const fact = before.facts.get(from)
    return fact?.kind !== 'constraint' || !fact.payload.named
  })
}

/** With the renames that nobody has to state; what the server printed without them is of no use then. */
function withCaseRenames(request: ChangeRequest): ChangeRequest {
  const found = caseRenames(request.before, request.after, request.renames, request.dialect)
  if (found.length === 0) return request
  const { renamed: _, ...others } = request
  return { ...others, renames: [...request.renames, ...found] }
}

/** The plan itself; throws its first refusal where there is one. The others stay in `plan.refusals`. */
export function requirePlan(plan: ChangePlan): ChangePlan {
  const [first] = plan.refusals
  if (first !== undefined) throw first
  return plan
}

/** What the renames themselves bring along. */
function withSchemas(renamed: FactBase, { before, renames, dialect }: ChangeRequest): FactBase {
  const schemas = schemasOfRenames(before, renames, dialect)
  return schemas.length === 0 ? renamed : factBase(renamed.tag, [...renamed.facts.values(), ...schemas], renamed.unmanaged)
}

function finish(
  { renames }: ChangeRequest,
  actions: readonly Action[],
  deltas: readonly AnyDelta[],
  refusals: readonly YamaError[],
): ChangePlan {
  const losses = actions.flatMap((action) =>
    action.loss === 'none' ? [] : [{ fact: action.because.fact, loss: action.loss, what: action.loses ?? action.title }],
  )
  return Object.freeze({ actions, deltas, renames, refusals, losses, reversibility: worst(actions), summary: summarise(deltas) })
}

const COST: readonly Reversibility[] = ['lossless', 'lossy', 'irreversible']

function worst(actions: readonly Action[]): Reversibility {
  const index = actions.reduce((highest, action) => Math.max(highest, COST.indexOf(action.reversibility)), 0)
  return COST[index] ?? 'irreversible'
}
