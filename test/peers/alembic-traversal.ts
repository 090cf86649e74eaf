import { graph, type Apart, type Behaviour, type PeerList } from './behaviour.ts'

const chain = graph({ a: [], b: ['a'], c: ['b'], d: ['c'], e: ['d'] })
const branched = graph({ a: [], b: ['a'], c1: ['b'], d1: ['c1'], c2: ['b'], d2: ['c2'] })
const merged = graph({ a: [], b: ['a'], c1: ['b'], d1: ['c1'], c2: ['b'], d2: ['c2'], e: ['d1', 'd2'], f: ['e'] })
const mergepoint = graph({ a1: [], b1: ['a1'], c1: ['b1'], a2: [], b2: ['a2'], c2: ['b2'], d1: ['c1', 'c2'], d2: ['c2'] })
const threeWay = graph({
  ...{ a1: [], b1: ['a1'], c1: ['b1'], a2: [], b2: ['a2'], c2: ['b2'], a3: [], b3: ['a3'], c3: ['b3'] },
  ...{ d1: ['c1', 'c2', 'c3'], d2: ['c2'], d3: ['c3'] },
})
const twins = graph({ a: [], b1: ['a'], b2: ['a'], b3: ['a'], c1: ['b1', 'b2', 'b3'], c2: ['b1', 'b2', 'b3'], d1: ['c1'], d2: ['c2'] })
const almostTwins = graph({ a: [], b1: ['a'], b2: ['a'], b3: ['a'], c1: ['b1', 'b2'], c2: ['b2', 'b3'], d1: ['c1'], d2: ['c2'] })
/** `depends_on` is an edge like any other here. */
const dependent = graph({ a1: [], b1: ['a1'], c1: ['b1'], a2: [], b2: ['a2'], c2: ['b2', 'c1'], d1: ['c1'], e1: ['d1'], f1: ['e1'] })
const crossed = graph({ a1: [], a2: ['a1'], b1: [], b2: ['b1', 'a2'], b3: ['b2'], a3: ['a2', 'b1'] })
const AT_MOST =
  'A count is at most: what there is is run or taken back, and the plan shows it before; a deployment that asks for more must not fail.'
const ONE_BRANCH =
  '`down --to X` leaves exactly what X needs, so that the end is the same whatever order branches were applied in; `down --run` takes back one run.'

const behaviours: readonly Behaviour[] = [
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
  {
    name: 'BranchFromMergepointTest.test_mergepoint_to_only_one_side_upgrade',
    says: 'Up to a merge runs what is missing of one side only.',
    project: mergepoint,
    steps: [
      { up: 'd2', does: ['a2', 'b2', 'c2', 'd2'] },
      { up: 'b1', does: ['a1', 'b1'] },
      { up: 'd1', does: ['c1', 'd1'] },
      { status: { heads: ['d1', 'd2'] } },
    ],
  },
  {
    name: 'BranchFromMergepointTest.test_mergepoint_to_only_one_side_downgrade',
    says: 'Down to a revision of one side leaves the other side.',
    project: mergepoint,
    steps: [
      { up: 'latest', does: ['a1', 'b1', 'c1', 'a2', 'b2', 'c2', 'd1', 'd2'] },
      { downTo: 'b1', does: ['d1', 'c1', 'd2', 'c2', 'b2', 'a2'] },
    ],
    differs: ONE_BRANCH,
  },
  {
    name: 'BranchFrom3WayMergepointTest.test_mergepoint_to_only_one_side_upgrade',
    says: 'Up to a merge of three sides runs what is missing.',
    project: threeWay,
    steps: [
      { up: 'd3', does: ['a3', 'b3', 'c3', 'd3'] },
      { up: 'd2', does: ['a2', 'b2', 'c2', 'd2'] },
      { up: 'b1', does: ['a1', 'b1'] },
      { up: 'd1', does: ['c1', 'd1'] },
      { status: { heads: ['d1', 'd2', 'd3'] } },
    ],
  },
  {
    name: 'BranchFrom3WayMergepointTest.test_mergepoint_to_two_sides_upgrade',
    says: 'A side of a merge goes on after the merge.',
    project: threeWay,
    steps: [
      { up: 'd3', does: ['a3', 'b3', 'c3', 'd3'] },
      { up: 'b2', does: ['a2', 'b2'] },
      { up: 'b1', does: ['a1', 'b1'] },
      { up: 'd1', does: ['c2', 'c1', 'd1'] },
      { status: { heads: ['d1', 'd3'] } },
      { up: 'd2', does: ['d2'] },
      { status: { heads: ['d1', 'd2', 'd3'] } },
    ],
  },
  {
    name: 'TwinMergeTest.test_upgrade',
    says: 'Two merges of the same branches are both heads.',
    project: twins,
    steps: [
      { up: 'd2', does: ['a', 'b1', 'b2', 'b3', 'c2', 'd2'] },
      { up: 'c1', does: ['c1'] },
      { status: { heads: ['c1', 'd2'] } },
      { up: 'd1', does: ['d1'] },
      { status: { heads: ['d1', 'd2'] } },
    ],
  },
  {
    name: 'NotQuiteTwinMergeTest.test_upgrade',
    says: 'Two merges that share one branch.',
    project: almostTwins,
    steps: [
      { up: 'd2', does: ['a', 'b2', 'b3', 'c2', 'd2'] },
      { up: 'b1', does: ['b1'] },
      { status: { heads: ['b1', 'd2'] } },
      { up: 'd1', does: ['c1', 'd1'] },
      { status: { heads: ['d1', 'd2'] } },
    ],
  },
  {
    name: 'DependsOnBranchTestOne.test_downgrade_to_dependency',
    says: 'Down to what another branch depends on keeps it.',
    project: dependent,
    steps: [
      { up: 'c2', does: ['a1', 'b1', 'c1', 'a2', 'b2', 'c2'] },
      { up: 'd1', does: ['d1'] },
      { down: 1, does: ['d1'] },
      { status: { heads: ['c2'] } },
    ],
  },
  {
    name: 'DependsOnBranchTestThree.test_downgrade_over_crisscross',
    says: 'Half of a merge point can be taken back, where the rest is needed.',
    project: crossed,
    steps: [
      { up: 'a3', does: ['a1', 'a2', 'b1', 'a3'] },
      { up: 'b2', does: ['b2'] },
      { down: 1, does: ['b2'] },
      { status: { heads: ['a3'] } },
    ],
  },
  {
    name: 'DependsOnOwnDownrevTest.test_traverse',
    says: 'A dependency on the own parent changes nothing.',
    project: graph({ a1: [], a2: ['a1', 'a1'] }),
    steps: [{ up: 'a2', does: ['a1', 'a2'] }, { status: { heads: ['a2'] } }, { downTo: 'a1', does: ['a2'] }],
  },
  {
    name: 'DependsOnBranchTestFour.test_dependencies_are_normalized',
    says: 'What an ancestor depends on stays when a descendant that names it too goes.',
    project: graph({ a1: [], a2: ['a1'], a3: ['a2'], b1: [], b2: ['b1', 'a3'], b3: ['b2'], b4: ['b3', 'a3'] }),
    steps: [{ up: 'b4', does: ['a1', 'a2', 'a3', 'b1', 'b2', 'b3', 'b4'] }, { downTo: 'b3', does: ['b4'] }, { status: { heads: ['b3'] } }],
  },
  {
    name: 'DependsOnBranchTestFive.test_downgrade_to_depends_on',
    says: 'A merge of a branch and what it depends on.',
    project: graph({ a1: [], b1: ['a1'], bmerge: ['a1', 'b1'] }),
    steps: [
      { up: 'a1', does: ['a1'] },
      { up: 'b1', does: ['b1'] },
      { up: 'bmerge', does: ['bmerge'] },
      { status: { heads: ['bmerge'] } },
      { downTo: 'b1', does: ['bmerge'] },
      { status: { heads: ['b1'] } },
    ],
  },
  {
    name: 'DependsOnBranchLabelTest.test_upgrade_path',
    says: 'Up pulls in what another branch has to bring.',
    project: dependent,
    steps: [{ up: 'a2', does: ['a2'] }, { up: 'c2', does: ['a1', 'b1', 'c1', 'b2', 'c2'] }, { status: { heads: ['c2'] } }],
  },
  {
    name: 'ForestTest.test_base_to_heads',
    says: 'Several roots run side by side.',
    project: graph({ a1: [], b1: ['a1'], a2: [], b2: ['a2'] }),
    steps: [{ up: 'latest', does: ['a2', 'b2', 'a1', 'b1'] }, { status: { heads: ['b1', 'b2'] } }],
  },
  {
    name: 'ForestTest.test_stamp_to_heads',
    says: 'Stamping records everything without running it.',
    project: graph({ a1: [], b1: ['a1'], a2: [], b2: ['a2'] }),
    steps: [{ baseline: 'all', does: ['a2', 'b2', 'a1', 'b1'] }, { tables: [] }, { status: { heads: ['b1', 'b2'] } }],
  },
  {
    name: 'ForestTest.test_stamp_to_heads_no_moves_needed',
    says: 'Stamping what is applied does nothing.',
    project: graph({ a1: [], b1: ['a1'], a2: [], b2: ['a2'] }),
    steps: [
      { up: 'latest', does: ['a2', 'b2', 'a1', 'b1'] },
      { baseline: 'all', does: [] },
    ],
  },
  {
    name: 'MergedPathTest.test_upgrade_across_merge_point',
    says: 'Up across a merge runs both sides, the merge, and what follows.',
    project: merged,
    steps: [{ up: 'b', does: ['a', 'b'] }, { up: 'f', does: ['c2', 'd2', 'c1', 'd1', 'e', 'f'] }, { status: { heads: ['f'] } }],
  },
  {
    name: 'MergedPathTest.test_downgrade_across_merge_point',
    says: 'Down across a merge takes both sides back.',
    project: merged,
    steps: [
      { up: 'latest', does: ['a', 'b', 'c1', 'd1', 'c2', 'd2', 'e', 'f'] },
      { downTo: 'b', does: ['f', 'e', 'd1', 'c1', 'd2', 'c2'] },
      { status: { heads: ['b'] } },
    ],
  },
  {
    name: 'MergedPathTest.test_stamp_up_across_merge_prior_branching',
    says: 'Stamping a merge records both sides.',
    project: merged,
    steps: [
      { up: 'b', does: ['a', 'b'] },
      { baseline: ['e'], does: ['c1', 'd1', 'c2', 'd2', 'e'] },
      { status: { heads: ['e'], pending: ['f'] } },
    ],
  },
  {
    name: 'BranchedPathTestCrossDependencies.test_downgrade_branch_dependency',
    says: 'What depends on a branch goes before it.',
    project: graph({ a: [], b: ['a'], c1: ['b'], d1: ['c1'], c2: ['b'], d2: ['c2', 'c1'] }),
    steps: [
      { up: 'latest', does: ['a', 'b', 'c1', 'd1', 'c2', 'd2'] },
      { downTo: 'b', does: ['d1', 'd2', 'c1', 'c2'] },
      { status: { heads: ['b'] } },
    ],
  },
]

const labels = 'There are no branch labels: a branch is named by its head.'
const stamping =
  'Stamping downwards rewrites the version table without running anything; here the history is never rewritten: `repair mark-reverted` records it per migration.'
const apart: readonly Apart[] = [
  ...[
    'test_relative_upgrade',
    'test_relative_downgrade_branchplus2',
    'test_downgrade_once_order_left_unbalanced_labelled',
    'test_downgrade_single_branch_c1branch',
    'test_downgrade_single_branch_c1branch_from_d1_head',
    'test_downgrade_single_branch_c2',
    'test_downgrade_single_branch_d1',
    'test_downgrade_relative_to_branch_head',
    'test_downgrade_relative_order_right',
    'test_downgrade_relative_order_left',
    'test_upgrade_other_branch_from_mergepoint',
    'test_upgrade_one_branch_of_heads',
    'test_downgrade_independent_branch',
    'test_kaboom',
  ].map((name) => ({ name, why: labels })),
  ...[
    'test_stamp_to_base',
    'test_stamp_down_across_multiple_branch_to_branchpoint',
    'test_stamp_to_labeled_base_multiple_heads',
    'test_stamp_to_labeled_head_multiple_heads',
    'test_stamp_across_dependency',
    'test_stamp_down_across_merge_point_branch',
    'test_stamp_down_across_merge_prior_branching',
    'test_stamp_labeled_head_across_merge_from_multiple_branch',
  ].map((name) => ({ name, why: stamping })),
]

export const alembicTraversal: PeerList = {
  peer: 'Alembic',
  source: 'sqlalchemy/alembic, tests/test_version_traversal.py (MIT)',
  behaviours,
  apart,
}
