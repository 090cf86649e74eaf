import type { ErrorSpec } from './define-errors.ts'

export const graphErrorSpecs = {
  YAMA_CHECKPOINT_ARCHIVE: {
    message:
      'This database has {done} of the {total} migrations that the checkpoint {id} covers, and the others are not in the archive: {missing}. No statement was run.',
    hint: 'Restore their files in `archive/` of the migrations (git has them), and run it again.',
    explain:
      'A checkpoint builds in one step what its originals built, so it cannot start in the middle of them. A database that has a part of them goes on with the files of the archive and adopts the checkpoint then.',
    exit: 65,
  },
  YAMA_GRAPH_DUPLICATE_ID: {
    message: 'Two migrations have the id {id}: {first} and {second}. No statement was run.',
    hint: 'Give one of them another id; a migration that is applied somewhere keeps its own.',
    explain:
      "The id is a migration's permanent name and the key of its row in every database. Copying a file copies its header too; the copy needs a new id.",
    exit: 65,
  },
  YAMA_GRAPH_MISSING_PARENT: {
    message: 'The migration {id} ({file}) states the parent {parent}, and no file has this id. No statement was run.',
    hint: 'Restore the file of {parent}, for example with `git log --diff-filter=D -- migrations`, or correct the parent in {file}.',
    explain: 'A parent is what must be applied first. Without its file nobody can say whether that holds on an empty database.',
    exit: 65,
  },
  YAMA_GRAPH_CYCLE: {
    message: 'The migrations need each other in a circle: {path}. No statement was run.',
    hint: 'Remove one of these parents from the header of its file.',
    explain: 'Each migration runs after its parents. In a circle none can be the first.',
    exit: 65,
  },
  YAMA_GRAPH_LINK: {
    message:
      'The migration {parent} ({parentFile}) is not the one that {id} was made on: its link is {actual}, and {file} states {stated}. No statement was run.',
    hint: 'Undo the edit of {parentFile}; where it is meant, and nothing was applied yet, write `{parent}@{actual}` into the header of {file}.',
    explain:
      'A child states the hash of its parent, so an edited ancestor breaks the link of its children. Comments and formatting are not part of the hash.',
    exit: 65,
  },
  YAMA_GRAPH_CONFLICT: {
    message:
      'The migrations {one} and {other} were made beside each other, and their order matters. They meet at {object}: {why} {one}: `{first}`; {other}: `{second}`. No statement was run.',
    hint: 'Decide with `yama merge {one} {other} --order {one},{other} --reason …`; or, where nothing of them is applied, `yama rebase {other} --onto {one}`.',
    explain:
      'No path joins the two in the graph, so each database may run them in the order in which they arrive. Where that changes the result, a person has to say which order is right, once, in a file that everybody has.',
    exit: 4,
  },
  YAMA_GRAPH_BEHIND: {
    message:
      'The migration {id} ({file}) comes before {later}, which is already applied here without it, and their order matters. They meet at {object}: {why} {id}: `{first}`; {later}: `{second}`. No statement was run.',
    hint: 'Revert {later} with `yama down`, or write what is missing here as a new migration and record {id} with `yama repair mark-applied {id} --reason …`.',
    explain:
      'A migration was put after another one, with new parents in its header, when it had already run in this database. What comes before it would run after it here, in another order than elsewhere. Where the order does not matter it simply runs; where it does, the result would differ.',
    exit: 4,
  },
  YAMA_GRAPH_ORDER: {
    message: 'The merge {merge} ({file}) puts {id} before {later}, and {later} is already applied here without it. No statement was run.',
    hint: 'Revert {later} with `yama down`, or write what is missing here as a new migration and record {id} with `yama repair mark-applied {id} --reason …`.',
    explain: 'A merge states one order for every database. One that had the later migration first cannot follow it any more.',
    exit: 4,
  },
  YAMA_GRAPH_SAME_VERSION: {
    message: 'The migrations {ids} have the same number {version}; they run in the order of their ids.',
    hint: 'Renumber the ones that are not applied anywhere yet.',
    explain:
      'Two branches often take the same next number. Yama tells such files apart by their ids and orders them always in the same way, but readers may expect another order.',
    exit: 2,
  },
  YAMA_MIGRATION_EMPTY: {
    message: 'The migration {id} ({file}) has no statement to run. No statement was run.',
    hint: 'Write its statements, or delete the file.',
    explain:
      'An empty migration is nearly always a file that was not saved or a marker that was misspelt; recording it as applied would hide that for ever.',
    exit: 65,
  },
} as const satisfies Record<string, ErrorSpec>
