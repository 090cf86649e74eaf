import type { AddCheckInput } from './add-check.ts'
import type { AddColumnInput } from './add-column.ts'
import type { AddEnumValueInput } from './add-enum-value.ts'
import type { AddForeignKeyInput } from './add-foreign-key.ts'
import type { AddIndexInput } from './add-index.ts'
import type { AddPrimaryKeyInput } from './add-primary-key.ts'
import type { AddUniqueInput } from './add-unique.ts'
import type { AlterColumnInput } from './alter-column.ts'
import type { CreateEnumInput } from './create-enum.ts'
import type { DropColumnInput } from './drop-column.ts'
import type { DropConstraintInput } from './drop-constraint.ts'
import type { DropEnumInput } from './drop-enum.ts'
import type { DropIndexInput } from './drop-index.ts'
import type { DropTableInput } from './drop-table.ts'
import type { RenameColumnInput } from './rename-column.ts'
import type { RenameTableInput } from './rename-table.ts'
import type { SqlInput } from './sql.ts'

/** Open set of operations, name → input as written. A plugin adds its own by declaration merging on '@yama/schema'. */
export interface OperationKinds {
  addCheck: AddCheckInput
  addColumn: AddColumnInput
  addEnumValue: AddEnumValueInput
  addForeignKey: AddForeignKeyInput
  addIndex: AddIndexInput
  addPrimaryKey: AddPrimaryKeyInput
  addUnique: AddUniqueInput
  alterColumn: AlterColumnInput
  createEnum: CreateEnumInput
  dropColumn: DropColumnInput
  dropConstraint: DropConstraintInput
  dropEnum: DropEnumInput
  dropIndex: DropIndexInput
  dropTable: DropTableInput
  renameColumn: RenameColumnInput
  renameTable: RenameTableInput
  sql: SqlInput
}
