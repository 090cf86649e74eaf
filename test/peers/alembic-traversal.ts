import type { Apart, PeerList } from './behaviour.ts'
import { alembicBranches } from './alembic-branches.ts'
import { alembicMerges } from './alembic-merges.ts'

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
  behaviours: [...alembicBranches, ...alembicMerges],
  apart,
}
