import type { Operation } from '../contract/operation.ts'
import { addCheck } from './add-check.ts'
import { addColumn } from './add-column.ts'
import { addEnumValue } from './add-enum-value.ts'
import { addForeignKey } from './add-foreign-key.ts'
import { addIndex } from './add-index.ts'
import { addPrimaryKey } from './add-primary-key.ts'
import { addUnique } from './add-unique.ts'
import { alterColumn } from './alter-column.ts'
import { createEnum } from './create-enum.ts'
import { dropColumn } from './drop-column.ts'
import { dropConstraint } from './drop-constraint.ts'
import { dropEnum } from './drop-enum.ts'
import { dropIndex } from './drop-index.ts'
import { dropTable } from './drop-table.ts'
import type { OperationKinds } from './operation-kinds.ts'
import { renameColumn } from './rename-column.ts'
import { renameTable } from './rename-table.ts'
import { sql } from './sql.ts'

/** The operations that Yama brings; the only list. */
export const operations = {
  addCheck,
  addColumn,
  addEnumValue,
  addForeignKey,
  addIndex,
  addPrimaryKey,
  addUnique,
  alterColumn,
  createEnum,
  dropColumn,
  dropConstraint,
  dropEnum,
  dropIndex,
  dropTable,
  renameColumn,
  renameTable,
  sql,
} satisfies Partial<Record<keyof OperationKinds, Operation>>
