// Vitest reporter: writes the counts, the skipped tests, those which passed only when they were run again, and how long each file took (ms),
// to the file named by YAMA_TEST_COUNTS.
import { writeFileSync } from 'node:fs'

export default class CountReporter {
  onTestRunEnd(modules, unhandledErrors, reason) {
    const counts = { passed: 0, failed: unhandledErrors.length, skipped: [], unsteady: [], durations: [], reason, files: modules.length }
    for (const module of modules) {
      counts.durations.push({ file: module.relativeModuleId, ms: module.diagnostic().duration })
      // A file that cannot be loaded, or a hook that throws, fails without a failing test.
      if (module.errors().length > 0) counts.failed++
      for (const suite of module.children.allSuites()) if (suite.errors().length > 0) counts.failed++
      for (const test of module.children.allTests()) {
        const { state } = test.result()
        if (test.diagnostic()?.flaky) counts.unsteady.push({ file: module.relativeModuleId, name: test.fullName })
        if (state === 'passed') counts.passed++
        else if (state === 'failed') counts.failed++
        else counts.skipped.push({ file: module.relativeModuleId, name: test.fullName })
      }
    }
    writeFileSync(process.env.YAMA_TEST_COUNTS, JSON.stringify(counts))
  }
}
