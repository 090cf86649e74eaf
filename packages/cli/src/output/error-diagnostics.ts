import { isBatchFailure, YamaError, type Diagnostic } from '@yama/core'
import { cliErrors } from '../errors/errors.ts'

/** An error as findings: its own list where it carries one, itself otherwise. */
export function errorDiagnostics(error: YamaError): readonly Diagnostic[] {
  if (isDiagnostics(error.data)) return error.data
  const own: Diagnostic = {
    code: error.code,
    severity: 'error',
    message: error.message,
    hint: error.hint,
    docs: error.docs,
    ...(error.position === undefined ? {} : { position: error.position }),
  }
  return [own]
}

/** Every error becomes one with a code; what nobody foresaw is YAMA_INTERNAL. */
export function asYamaError(error: unknown): YamaError {
  if (YamaError.is(error)) return error
  if (error instanceof Error && error.name === 'AbortError')
    return cliErrors.YAMA_INTERRUPTED({ state: 'Nothing is half-applied: the statement that ran was rolled back.' }, { cause: error })
  const refused = fileAccess(error)
  if (refused !== undefined) return refused
  const reason = reasonOf(error)
  if (isOfDatabase(error)) return cliErrors.YAMA_DATABASE_FAILED({ reason: reason.replace(/\.$/, '') }, { cause: error })
  return cliErrors.YAMA_INTERNAL({ reason }, { cause: error })
}

function reasonOf(error: unknown): string {
  const said = isBatchFailure(error) ? error.cause : error
  return said instanceof Error ? (said.message.split('\n')[0] ?? said.name) : String(said)
}

/** By the brand of the servers' dialects, and by the name that better-sqlite3 gives: several copies of each may be installed. */
function isOfDatabase(error: unknown): boolean {
  const said = isBatchFailure(error) ? error.cause : error
  return said instanceof Error && ('isServerFailure' in said || said.name === 'SqliteError')
}

function isDiagnostics(data: unknown): data is readonly Diagnostic[] {
  return (
    Array.isArray(data) &&
    data.length > 0 &&
    data.every((item) => typeof item === 'object' && item !== null && 'code' in item && 'severity' in item && 'message' in item)
  )
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'a directory of its path does not exist',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EFBIG: 'a file may not be as large',
  EDQUOT: 'the quota of the disk is used up',
  EISDIR: 'it is a directory',
  ENOTDIR: 'a part of the path is not a directory',
  ENAMETOOLONG: 'the name is too long',
  EMFILE: 'too many files are open',
  ELOOP: 'its links go round in a circle',
}

const PLACE =
  'Change the rights or the place, or run the command as a user who may; `--cwd`, and `entities` and `migrations` in yama.config.ts, say where files are.'
const ROOM = 'Free space there, or write to another disk, and run the command again.'
const ADVICE: Readonly<Record<string, string>> = {
  ENOSPC: ROOM,
  EDQUOT: ROOM,
  EFBIG: 'Raise the limit on the size of files (`ulimit -f`), or write to another disk, and run the command again.',
  EMFILE: 'Raise the limit on open files (`ulimit -n`) and run the command again.',
}

/** What the operating system says to a file of the project; undefined for any other error. */
function fileAccess(error: unknown): YamaError | undefined {
  if (!(error instanceof Error)) return undefined
  const { code = '', path, syscall = '' } = error as NodeJS.ErrnoException
  // A directory that is made with those above it is ENOENT on a read-only disk.
  const reason = code === 'ENOENT' && syscall === 'mkdir' ? 'the directory cannot be made there' : REASONS[code]
  if (reason === undefined || (path === undefined && ADVICE[code] === undefined)) return undefined
  const action = /mkdir|rename|unlink|write/.test(syscall) ? 'written' : syscall === 'scandir' ? 'read' : 'opened'
  return cliErrors.YAMA_FILE_ACCESS({ path: path ?? 'A file', action, reason, advice: ADVICE[code] ?? PLACE }, { cause: error })
}
