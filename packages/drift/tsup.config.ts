import { shared } from '../../tools/tsup.shared.ts'

export default shared()
