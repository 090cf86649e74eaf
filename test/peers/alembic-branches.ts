import { type Behaviour } from './behaviour.ts'
import { chain, branched, AT_MOST, ONE_BRANCH } from './alembic-graphs.ts'

export const alembicBranches: readonly Behaviour[] = [
  {
    name: 'test_downgrade_base_no_version',
    says: 'Down to base where nothing is applied does nothing.',
    project: chain,
    steps: [{ downTo: 'base', does: [] }],
  },
  {
    name: 'test_downgrade_to_existing',
    says: 'Down to where it stands does nothing.',
    project: chain,
    steps: [
      { up: 'a', does: ['a'] },
      { downTo: 'a', does: [] },
    ],
  },
  {
    name: 'test_downgrade_to_existing_head',
    says: 'Down to the head does nothing.',
    project: chain,
    steps: [{ up: 'latest', does: ['a', 'b', 'c', 'd', 'e'] }, { downTo: 'e', does: [] }, { status: { heads: ['e'] } }],
  },
  {
    name: 'test_upgrade_path',
    says: 'Up to a revision runs what lies between, and nothing else.',
    project: chain,
    steps: [{ up: 'c', does: ['a', 'b', 'c'] }, { up: 'e', does: ['d', 'e'] }, { status: { heads: ['e'] } }],
  },
  {
    name: 'test_relative_upgrade_path: +2, +1, +3',
    says: 'So many steps up.',
    project: chain,
    steps: [
      { up: 'a', does: ['a'] },
      { up: 2, does: ['b', 'c'] },
      { down: 1, does: ['c'] },
      { up: 1, does: ['c'] },
      { up: '+2', does: ['d', 'e'] },
    ],
  },
  {
    name: 'test_relative_upgrade_path: b+2, d-2',
    says: 'A target relative to a revision.',
    project: chain,
    steps: [
      { up: 'a', does: ['a'] },
      { up: 'd-2', does: ['b'] },
      { up: 'b+2', does: ['c', 'd'] },
    ],
  },
  {
    name: 'test_invalid_relative_upgrade_path',
    says: 'More steps than there are is refused.',
    project: chain,
    steps: [{ up: 'b', does: ['a', 'b'] }, { up: '+5', does: ['c', 'd', 'e'] }, { status: { heads: ['e'] } }],
    differs: AT_MOST,
  },
  {
    name: 'test_downgrade_path',
    says: 'Down to a revision, and down to nothing.',
    project: chain,
    steps: [
      { up: 'latest', does: ['a', 'b', 'c', 'd', 'e'] },
      { downTo: 'c', does: ['e', 'd'] },
      { status: { heads: ['c'] } },
      { downTo: 'base', does: ['c', 'b', 'a'] },
      { status: { heads: [] } },
    ],
  },
  {
    name: 'test_relative_downgrade_path: -1, -3',
    says: 'So many steps down.',
    project: chain,
    steps: [
      { up: 'latest', does: ['a', 'b', 'c', 'd', 'e'] },
      { down: 3, does: ['e', 'd', 'c'] },
      { down: 1, does: ['b'] },
      { status: { heads: ['a'] } },
    ],
  },
  {
    name: 'test_relative_downgrade_path: a+2, c-2',
    says: 'Down to a target relative to a revision.',
    project: chain,
    steps: [
      { up: 'd', does: ['a', 'b', 'c', 'd'] },
      { downTo: 'a+2', does: ['d'] },
      { downTo: 'c-2', does: ['c', 'b'] },
    ],
  },
  {
    name: 'test_invalid_relative_downgrade_path',
    says: 'Further down than there is is refused.',
    project: chain,
    steps: [{ up: 'b', does: ['a', 'b'] }, { down: 5, does: ['b', 'a'] }, { status: { heads: [] } }],
    differs: AT_MOST,
  },
  {
    name: 'test_invalid_move_rev_to_none',
    says: 'Down to a revision that is not applied is refused.',
    project: chain,
    steps: [{ downTo: 'b', does: 'YAMA_TARGET_NOT_APPLIED' }],
  },
  {
    name: 'test_invalid_move_higher_to_lower',
    says: 'Down to something above is refused.',
    project: chain,
    steps: [
      { up: 'b', does: ['a', 'b'] },
      { downTo: 'c', does: 'YAMA_TARGET_NOT_APPLIED' },
    ],
  },
  {
    name: 'test_upgrade_single_branch',
    says: 'Up to a revision of one branch leaves the other branch alone.',
    project: branched,
    steps: [{ up: 'b', does: ['a', 'b'] }, { up: 'd1', does: ['c1', 'd1'] }, { status: { heads: ['d1'], pending: ['c2', 'd2'] } }],
  },
  {
    name: 'test_upgrade_multiple_branch',
    says: 'Up to all heads runs both branches, parents first.',
    project: branched,
    steps: [{ up: 'a', does: ['a'] }, { up: 'latest', does: ['b', 'c2', 'd2', 'c1', 'd1'] }, { status: { heads: ['d1', 'd2'] } }],
  },
  {
    name: 'test_downgrade_multiple_branch',
    says: 'Down below the branch point takes both branches back.',
    project: branched,
    steps: [
      { up: 'latest', does: ['a', 'b', 'c1', 'd1', 'c2', 'd2'] },
      { downTo: 'a', does: ['d1', 'c1', 'd2', 'c2', 'b'] },
      { status: { heads: ['a'] } },
    ],
  },
  {
    name: 'test_relative_downgrade_baseplus2',
    says: 'Down to the branch point takes everything above it back.',
    project: branched,
    steps: [
      { up: 'latest', does: ['a', 'b', 'c1', 'd1', 'c2', 'd2'] },
      { downTo: 'b', does: ['d1', 'c1', 'd2', 'c2'] },
      { status: { heads: ['b'] } },
    ],
  },
  {
    name: 'test_relative_downgrade_branchplus3',
    says: 'Down to a revision of one branch takes back only what is above it in that branch.',
    project: branched,
    steps: [
      { up: 'latest', does: ['a', 'b', 'c1', 'd1', 'c2', 'd2'] },
      { downTo: 'c2', does: ['d2', 'd1', 'c1'] },
      { status: { heads: ['c2'] } },
    ],
    differs: ONE_BRANCH,
  },
  {
    name: 'test_downgrade_once_order_right, test_downgrade_once_order_left',
    says: 'One step down takes back the revision that was applied last.',
    project: branched,
    steps: [
      { up: 'd1', does: ['a', 'b', 'c1', 'd1'] },
      { up: 'd2', does: ['c2', 'd2'] },
      { down: 1, does: ['d2'] },
      { status: { heads: ['d1', 'c2'] } },
    ],
  },
  {
    name: 'test_downgrade_once_order_right_unbalanced',
    says: 'The same where the branches are of different length.',
    project: branched,
    steps: [
      { up: 'd1', does: ['a', 'b', 'c1', 'd1'] },
      { up: 'c2', does: ['c2'] },
      { down: 1, does: ['c2'] },
      { status: { heads: ['d1'] } },
    ],
  },
  {
    name: 'test_upgrade_from_base, test_upgrade_from_base_implicit',
    says: 'One step up from nothing is the first revision.',
    project: branched,
    steps: [{ up: 1, does: ['a'] }, { status: { heads: ['a'] } }],
  },
  {
    name: 'test_downgrade_minus1_to_base',
    says: 'One step down from the first revision is nothing.',
    project: branched,
    steps: [{ up: 'a', does: ['a'] }, { down: 1, does: ['a'] }, { status: { heads: [] } }],
  },
  {
    name: 'test_downgrade_minus1_from_base',
    says: 'One step down from nothing is refused.',
    project: branched,
    steps: [{ down: 1, does: [] }],
    differs: AT_MOST,
  },
  {
    name: 'test_ambiguous_upgrade',
    says: 'One step up from several heads is refused as ambiguous.',
    project: branched,
    steps: [
      { up: 'c1', does: ['a', 'b', 'c1'] },
      { up: 'c2', does: ['c2'] },
      { up: 1, does: ['d1'] },
    ],
    differs: 'Order is total here: the next one by topology and number is the same everywhere, so one step is not ambiguous.',
  },
]
