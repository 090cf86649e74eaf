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
  YAMA_CHECK_REPEATED: {
    message:
      'The migration {id} ({file}) creates the {what}, which {first} has created already, in the same way; nothing dropped it in between.',
    hint: 'Take the statement out of {file}, where nobody has applied it.',
    explain:
      'The second statement does nothing where it says IF NOT EXISTS, and fails where it does not. Readers of the file may take it for the place where the object is defined.',
    exit: 3,
  },
  YAMA_CHECK_CONTRADICTION: {
    message:
      'The migration {id} ({file}) creates the {what} again, otherwise than {first} did, and nothing dropped it in between. There: `{before}`. Here: `{after}`.',
    hint: 'Say what is to change: `ALTER` instead of a second `CREATE`.',
    explain:
      'With IF NOT EXISTS the database keeps the first definition and says nothing, so the file describes something that is not there. Without it the statement fails.',
    exit: 3,
  },
  YAMA_CHECK_BRANCH: {
    message: 'The migration {id} ({file}) stands beside {beside}, and the policy of the project asks for one line.',
    hint: 'Put it after what is there: `yama rebase {id} --onto {onto}`.',
    explain: 'With `policy: { linear: true }` each migration follows the one before it, also where branches would commute.',
    exit: 3,
  },
  YAMA_CHECK_NAME: {
    message: 'The {what} `{name}` of the migration {id} ({file}) is not named as the policy of the project asks: {pattern}.',
    hint: 'Choose another name, where nobody has applied it.',
    explain: 'The regular expressions stand under `policy.names` in the configuration. Only migrations that are new are judged.',
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
  YAMA_REVIEW_LOSS: {
    message: '{migration} {loses} {what}.',
    hint: 'Make sure that nobody needs it. `yama up` asks for the digest of its plan before it runs this.',
    explain:
      'A statement of the change removes data, or may: it drops a table or a column, deletes rows, or makes a type narrower. A Down brings the schema back, and not the data.',
    exit: 3,
  },
  YAMA_REVIEW_LOCK: {
    message: '{migration} takes {lock} on {object}, which is in use: {waits}.',
    hint: 'Run it when few use the table, and with a lock timeout.',
    explain:
      'The table is there before the change, so the application uses it. The lock is what the documentation of the server says for this statement.',
    exit: 3,
  },
  YAMA_REVIEW_REWRITE: {
    message: '{migration} rewrites {object}, which is in use: the lock is held for as long as that takes.',
    hint: 'Measure it on a copy of the size of production, or change it in steps: a new column, a backfill, a swap.',
    explain: 'The server copies every row of the table for this statement, and holds its lock until it is done.',
    exit: 3,
  },
  YAMA_REVIEW_UNREAD: {
    message: 'What a step of {migration} reads and writes cannot be told: {why}.',
    hint: 'Say it in the file with `-- yama:reads` and `-- yama:writes`, and read the step itself.',
    explain:
      'A step in TypeScript, or SQL that is put together while it runs, cannot be judged from outside. It is taken to conflict with everything.',
    exit: 3,
  },
  YAMA_REVIEW_DRIFT: {
    message: 'In {environment} {objects} was changed by hand, and a pending migration touches it ({statement}).',
    hint: 'See `yama drift --env {environment}`; adopt or repair it before this runs there.',
    explain:
      'A migration is written for the schema that the history made. Where an environment has another one, the migration may fail half-way there or do something else; with `drift: "check"` in the configuration the run is refused.',
    exit: 3,
  },
  YAMA_REVIEW_NOT_BUILT: {
    message: 'The schema before and after the change was not built: {reason} The document is without the difference of the schema.',
    hint: 'Correct the statement that does not run, give a scratch database with `devUrl` of the environment, or leave it out with `--files-only`.',
    explain:
      'What a change does to the schema, and what depends on it, is found by running the migrations in a throw-away database. There was none, or they did not run.',
    exit: 3,
  },
  YAMA_COMMENT_TARGET: {
    message: 'There is nowhere to comment: {missing}. Nothing was sent.',
    hint: 'Run it in a job of a pull request, or set what is missing; see docs/guide/review.md.',
    explain:
      'The pull request or merge request is told by the variables of the CI system: repository, number, address of the interface. One of them is missing or is not what it should be.',
    exit: 78,
  },
  YAMA_COMMENT_TOKEN: {
    message: 'No token is set to comment with: {variables}. Nothing was sent.',
    hint: 'Pass one to the job as {variable}; it is read from the environment only.',
    explain: 'A comment needs a token that may write to pull requests. It is never printed, and sent to the configured address alone.',
    exit: 78,
  },
  YAMA_COMMENT_REFUSED: {
    message: '{host} refuses the comment with {status}: {reason}.',
    hint: 'The token needs the right to write comments: `pull-requests: write` on GitHub, the scope `api` on GitLab.',
    explain: 'The token is wrong, has expired, or may not do this. A job for a fork often has a token that only reads.',
    exit: 77,
  },
  YAMA_COMMENT_NOT_FOUND: {
    message: '{host} knows no {what} {number}, or the token may not see it.',
    hint: 'See whether repository and number are right, and whether the token may read them.',
    explain: 'The interface answered 404: the repository, the pull request or the merge request is not there for this token.',
    exit: 78,
  },
  YAMA_COMMENT_FAILED: {
    message: '{host} did not take the comment: {reason}. It may be written all the same.',
    hint: 'Run the job again: the comment is updated, not written twice.',
    explain: 'The interface failed, did not answer in time, or answered something that it should not.',
    exit: 69,
  },
})
