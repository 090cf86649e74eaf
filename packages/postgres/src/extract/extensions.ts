import { objectId, type Fact } from '@yama/schema'
import { CATALOGUE, address, register, type Catalogue } from './catalogue.ts'

export interface ExtensionRow {
  readonly oid: number
  readonly name: string
  readonly schema: string
  readonly namespace: number
}

export interface MemberRow {
  readonly classid: number
  readonly objid: number
  readonly extension: number
}

/** The oid limit leaves out what initdb installs (plpgsql). */
export function extensionsQuery(): string {
  return `SELECT e.oid, e.extname AS name, n.nspname AS schema, n.oid AS namespace
    FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.oid >= 16384 ORDER BY e.extname`
}

/** What belongs to an extension is known only as that extension. */
export function membersQuery(): string {
  return `SELECT classid, objid, refobjid AS extension FROM pg_depend WHERE deptype = 'e' AND refclassid = 'pg_extension'::regclass AND refobjid >= 16384
    UNION ALL
    SELECT 'pg_type'::regclass, t.typarray, d.refobjid FROM pg_depend d JOIN pg_type t ON t.oid = d.objid
    WHERE d.deptype = 'e' AND d.classid = 'pg_type'::regclass AND d.refobjid >= 16384 AND t.typarray <> 0`
}

export function addExtensions(catalogue: Catalogue, rows: readonly ExtensionRow[], members: readonly MemberRow[]): void {
  for (const row of rows) {
    const fact: Fact<'extension'> = {
      kind: 'extension',
      id: objectId('extension', '', row.name),
      schema: '',
      name: row.name,
      payload: { schema: row.schema },
      dependsOn: [],
    }
    const node = register(catalogue, fact, [address(CATALOGUE.extension, row.oid)])
    const home = catalogue.byAddress.get(address(CATALOGUE.namespace, row.namespace))
    if (home !== undefined) node.uses.push(home)
  }
  for (const member of members) {
    const extension = catalogue.byAddress.get(address(CATALOGUE.extension, member.extension))
    if (extension !== undefined) catalogue.byAddress.set(address(member.classid, member.objid), extension)
  }
}
