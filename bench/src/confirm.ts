import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type Compared, tooSlow } from './report/comparison.ts'
import type { SuiteResult } from './report/results.ts'

const cli = fileURLToPath(new URL('./cli.ts', import.meta.url))

/** Other processes that have to find the same. */
const processes = 2

/** Runs one suite in a process of its own. */
export type RunAgain = (suite: string, caseName: string) => Promise<SuiteResult>

/** With the same flags as this run. */
export const inOwnProcess =
  (flags: readonly string[]): RunAgain =>
  async (suite, caseName) => {
    const out = await mkdtemp(join(tmpdir(), 'facet-bench-again-'))
    try {
      const command = ['--conditions=facet-source', '--import', 'tsx', cli, suite]
      const args = [...command, '--cases', caseName, '--out', out, '--json', ...flags]
      const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 2 ** 26 })
      return (JSON.parse(stdout) as SuiteResult[])[0]
    } finally {
      await rm(out, { recursive: true })
    }
  }

/**
 * Cases that are slower than `loss` allows in this process and in others as well: what V8 compiles when, and where memory
 * comes to lie, differs between processes, stays within one, and is no loss.
 */
export async function confirmed(result: SuiteResult, loss: number, again: RunAgain): Promise<Compared[]> {
  const found: Compared[] = []
  for (const slower of tooSlow(result, loss)) {
    const { name: caseName } = result.cases.find(({ name }) => slower.name.startsWith(name))!
    let latest: Compared | undefined = slower
    for (let i = 0; i < processes && latest !== undefined; i++) {
      latest = tooSlow(await again(result.suite, caseName), loss).find(({ name }) => name === slower.name)
    }
    if (latest !== undefined) found.push(slower)
  }
  return found
}
