// Loaded into a programme that is measured: writes the most memory that it took, in MB, into the file that the environment names.
import { writeFileSync } from 'node:fs'

const file = process.env['YAMA_BENCH_RSS']
if (file !== undefined) process.once('exit', () => writeFileSync(file, String(Math.round(process.resourceUsage().maxRSS / 1024))))
