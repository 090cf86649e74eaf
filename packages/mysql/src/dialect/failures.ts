import { isBatchFailure, YamaError, type DescribedFailure, type FailureKind } from '@yama/core'
import { isServerFailure, type ServerFailure } from '../errors/server-failure.ts'
import { FENCE_LOST } from './history/fence.ts'

/** By the server's number, which both flavours share where they share the error; MySQL 9 "Server Error Message Reference", MariaDB "Error Codes". */
const KINDS: Readonly<Record<FailureKind, readonly number[]>> = {
  // A lock on rows or on a table's definition; NOWAIT; MariaDB's statement limit while it waits.
  'lock-timeout': [1205, 3572, 1099, 1100],
  deadlock: [1213, 1614, 3058, 3132],
  disconnected: [1053, 1077, 1079, 1152, 1153, 1158, 1159, 1160, 1161, 1184, 1927, 2006, 2013, 3169, 4031],
  duplicate: [1007, 1068, 1050, 1060, 1061, 1304, 1359, 1396, 1537, 1826, 3822, 1125, 4127],
  missing: [1008, 1049, 1051, 1054, 1072, 1091, 1109, 1146, 1176, 1305, 1360, 1539, 1824, 3821, 3940, 4092],
  syntax: [1064, 1149, 1065],
  constraint: [
    1005, 1022, 1048, 1062, 1136, 1138, 1169, 1215, 1216, 1217, 1264, 1265, 1292, 1364, 1366, 1367, 1406, 1451, 1452, 1553, 1557, 1586,
    1690, 1761, 1762, 3819, 4025, 3780, 1822, 1830, 1834,
  ],
  permission: [1044, 1045, 1142, 1143, 1227, 1370, 1410, 1419, 1698, 1820],
  'read-only': [1036, 1223, 1290, 1792, 1836, 3100],
  'disk-full': [1021, 1114, 1041, 3676],
  // A person, a signal, or a time limit of the server.
  cancelled: [1317, 1907, 1969, 3024],
  other: [],
}
const byNumber = new Map(
  Object.entries(KINDS).flatMap(([kind, numbers]) => numbers.map((number) => [number, kind as FailureKind] as const)),
)

const LOST = new Set([
  'PROTOCOL_CONNECTION_LOST',
  'PROTOCOL_SEQUENCE_TIMEOUT',
  'PROTOCOL_PACKETS_OUT_OF_ORDER',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ECONNREFUSED',
])

const HINTS: Partial<Record<FailureKind, string>> = {
  'lock-timeout':
    'Another session holds the table or its rows: look for it with `SHOW FULL PROCESSLIST`, or allow a longer wait with `lockTimeoutMs`.',
  deadlock: 'Two transactions waited for each other and the server chose this one. Run again.',
  'read-only': 'Connect to the primary server; a replica takes no changes.',
  'disk-full': 'Free space where the server keeps its data and its temporary files.',
}
const ADVICE: Readonly<Record<number, string>> = {
  1118: 'Use TEXT or BLOB for long columns; they count little towards the size of a row.',
  1071: 'Index only the beginning of the column, `name(191)`, or make it shorter.',
  1153: 'Raise `max_allowed_packet` of the server, or split the statement.',
  1265: 'Rows hold values that the new definition does not take. Change them first.',
  1406: 'Rows hold values that are longer than the new definition. Shorten them first.',
  1419: 'The server logs to a binary log: it needs `log_bin_trust_function_creators = 1`, or a user with SUPER.',
  1452: 'Rows point to parents that do not exist. Repair them before the foreign key is added.',
  1553: 'A foreign key needs this index. Drop the foreign key first, or give it another index.',
  1062: 'Rows repeat a value that is to be unique. Remove the repetitions first.',
}

/** What an error of the server or the driver means. Total: describes whatever is thrown. */
export function describeFailure(error: unknown): DescribedFailure {
  if (isBatchFailure(error)) return describeFailure(error.cause)
  if (YamaError.is(error)) return { kind: 'other', message: error.message, code: error.code, hint: error.hint }
  if (isServerFailure(error)) return describeServer(error)
  if (typeof error !== 'object' || error === null) return { kind: 'other', message: String(error) }
  const { name, message, code } = error as { readonly name?: unknown; readonly message?: unknown; readonly code?: unknown }
  const text = typeof message === 'string' ? message : String(error)
  if (name === 'AbortError' || name === 'TimeoutError') return { kind: 'cancelled', message: text }
  return { kind: 'other', message: text, ...(typeof code === 'string' ? { code } : {}) }
}

function describeServer({ errno, code, message, offset }: ServerFailure): DescribedFailure {
  if (code === FENCE_LOST) {
    return {
      kind: 'other',
      code,
      message: 'Another run has taken over the lock of this one; its transaction was refused.',
      hint: 'Run `yama status` to see what the other run has done.',
    }
  }
  const kind = byNumber.get(errno) ?? (LOST.has(code) ? 'disconnected' : 'other')
  const hint = ADVICE[errno] ?? HINTS[kind]
  return { kind, code, message, ...(hint === undefined ? {} : { hint }), ...(offset === undefined ? {} : { offset }) }
}
