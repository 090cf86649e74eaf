import type { EventRow, HistoryState, HistoryStore } from '../contract/history.ts'
import { chainAudit, type ChainReport } from './chain-audit.ts'
import { stateOfEvents, type ToldRow } from './state-of-events.ts'

/** A row of the table of migrations that the log does not lead to. */
export interface StateFinding {
  readonly migration: string
  readonly message: string
}

export interface AuditReport extends ChainReport {
  /** Rows of the state that say something else than the log. */
  readonly state: readonly StateFinding[]
}

/** Events that are read at once. */
export const AUDIT_PAGE = 2000

/** Every event in order, read in pages, so that a long log needs no more memory than a short one. */
export async function* eventPages(history: Pick<HistoryStore, 'events'>, size = AUDIT_PAGE): AsyncGenerator<readonly EventRow[]> {
  for (let after = 0; ;) {
    const page = await history.events({ after, limit: size })
    const last = page.at(-1)
    if (last === undefined) return
    yield page
    after = last.seq
  }
}

/** Reads the whole log once, checks its chain, and compares the recorded state with what the log leads to. */
export async function auditHistory(
  history: Pick<HistoryStore, 'events' | 'read'>,
  anchor?: string,
  onPage: (events: number) => void = () => undefined,
): Promise<AuditReport> {
  const chain = chainAudit()
  const told = stateOfEvents()
  const [anchorSeq = '', anchorHash = ''] = anchor?.split(':') ?? []
  let anchored = anchor === undefined
  let count = 0
  for await (const page of eventPages(history)) {
    chain.take(page)
    told.take(page)
    anchored ||= page.some(({ seq, hash }) => seq === Number(anchorSeq) && hash.startsWith(anchorHash))
    onPage((count += page.length))
  }
  // Read after the events: a run that goes on meanwhile moves the recorded end together with its events.
  const state = await history.read()
  const report = await caughtUp(history, chain, told, state)
  if (anchored) return report
  const message = `event ${anchorSeq} is not the one with the hash ${anchorHash}: the log was rewritten, or it is another one`
  return { ...report, findings: [...report.findings, { kind: 'head', seq: Number(anchorSeq), to: Number(anchorSeq), message }] }
}

async function caughtUp(
  history: Pick<HistoryStore, 'events'>,
  chain: ReturnType<typeof chainAudit>,
  told: ReturnType<typeof stateOfEvents>,
  state: HistoryState,
): Promise<AuditReport> {
  const recorded = state.meta?.['chain_head']
  const first = chain.end(recorded, state.migrations.length)
  const seen = Number(first.head.split(':')[0])
  const more = state.chainSeq > seen ? await history.events({ after: seen, limit: state.chainSeq - seen }) : []
  chain.take(more)
  told.take(more)
  const report = more.length === 0 ? first : chain.end(recorded, state.migrations.length)
  return { ...report, state: compareState(state, told.rows()) }
}

const STATED = ['semanticHash', 'rawHash', 'link', 'name'] as const

/** An empty log has nothing to say of the state; that it is empty is a finding of its own. */
function compareState(state: HistoryState, told: ReadonlyMap<string, ToldRow>): readonly StateFinding[] {
  if (state.chainSeq === 0) return []
  const rows = new Map(state.migrations.map((row) => [row.id, row]))
  const findings: StateFinding[] = []
  const add = (migration: string, message: string): void => void findings.push({ migration, message })
  for (const [id, row] of told) {
    const found = rows.get(id)
    if (row.status !== 'applied') continue
    if (found === undefined) add(id, 'the log says that it is applied, and its row is gone')
    else if (found.status === 'reverted') add(id, 'the log says that it is applied, and its row says reverted')
    else {
      const other = STATED.find((member) => row[member] !== undefined && row[member] !== found[member])
      if (other !== undefined) add(id, `its row has another ${other} than the log`)
    }
  }
  for (const { id, status } of rows.values())
    if (status === 'applied' && told.get(id)?.status !== 'applied') add(id, 'its row says applied, and the log does not')
  return findings
}
