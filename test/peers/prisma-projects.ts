import { files } from './behaviour.ts'

export const first = files('01_initial')
export const two = files('01_initial', '02_second')
export const SHADOW =
  'There is no shadow database for every look at the history: what a pending migration says is proved by `yama validate`, what differs in a database is `yama drift`.'
export const SECOND_SELECT = { up: ['CREATE TABLE t_02_second (id int)', 'SELECT 1'] }
