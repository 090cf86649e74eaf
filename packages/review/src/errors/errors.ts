import { defineErrors } from '@yama/core'

/** Everything that `@yama/review` finds, one entry per code. */
export const reviewErrors = defineErrors({
  YAMA_CHECK_GIT: {
    message: 'Git cannot tell what {reference} has: {reason}. Nothing was changed.',
    hint: 'Fetch it first, for example with `git fetch origin {branch}`.',
    explain:
      'The files of another branch are read with the `git` command of this machine. The reference does not exist here, or git is not installed.',
    exit: 78,
  },
  YAMA_CHECK_SHALLOW: {
    message: 'The common ancestor of {reference} and HEAD is not in this clone: its history is cut off. Nothing was changed.',
    hint: 'Fetch more of it: `git fetch --unshallow`, or `fetch-depth: 0` in the checkout step.',
    explain:
      'What a branch has added is told by comparing it with the commit at which it left the other one. A shallow clone, as CI systems make, may end before that commit.',
    exit: 78,
  },
  YAMA_CHECK_EDITED: {
    message: 'The migration {id} ({file}) is on {base} already, and this branch changes what it does.',
    hint: 'Undo the change of {file} and put it into a new migration.',
    explain:
      'Whatever is on the base branch may have run somewhere. A database that has it would not get the change, and one that is new would.',
    exit: 3,
  },
  YAMA_CHECK_DELETED: {
    message: 'The migration {id} ({file}) is on {base}, and this branch deletes it.',
    hint: 'Restore {file}, for example with `git checkout {base} -- {file}`.',
    explain: 'Whatever is on the base branch may have run somewhere; without its file nobody can tell what it did, or take it back.',
    exit: 3,
  },
  YAMA_CHECK_DUPLICATE: {
    message: 'The migrations {one} and {other} do the same.',
    hint: 'Delete one of them; where both are applied somewhere, keep both files and record one with `yama repair mark-applied`.',
    explain: 'Two branches made the same change under two ids, often by copying a file. The second one would fail, or do it twice.',
    exit: 3,
  },
  YAMA_CHECK_LATE: {
    message: 'The migration {id} ({file}) gets a number before {after}, which {where} already has.',
    hint: 'Rename it to the next free number after {after}.',
    explain:
      'Files without a header run in the order of their names. Where the later one is applied already, this one is refused until a person allows it.',
    exit: 3,
  },
  YAMA_CHECK_NO_DOWN: {
    message: 'The migration {id} ({file}) has no way back.',
    hint: 'Write its Down section, or state `-- reversibility: irreversible`.',
    explain: 'A migration without a Down cannot be reverted by Yama. Where that is meant, the header says so.',
    exit: 3,
  },
  YAMA_CHECK_STATE: {
    message: 'The exported state {file} cannot be read: {reason}. Nothing was changed.',
    hint: 'Write it with `yama state export --env NAME --out FILE`.',
    explain: 'The file holds which migrations one environment has applied, as `yama state export` writes it.',
    exit: 65,
  },
  YAMA_CHECK_ENVIRONMENT: {
    message: 'In {environment} the plan would be refused: {reason}',
    hint: 'Solve it before the merge; `yama merge` lists the ways out of a conflict.',
    explain: 'With the migrations that the environment has applied, as it was exported, the files of the merge result were planned.',
    exit: 3,
  },
})
