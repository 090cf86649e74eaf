import { graph, type Behaviour } from './behaviour.ts'
import { merged, mergepoint, threeWay, twins, almostTwins, dependent, crossed, ONE_BRANCH } from './alembic-graphs.ts'

export const alembicMerges: readonly Behaviour[] = [
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
