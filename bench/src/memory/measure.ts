import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { MemoryResult } from '../report/results.ts'

const script = fileURLToPath(new URL('./child.ts', import.meta.url))

/** Batch, bottleneck and training rows of the measured step. */
export const memoryWork = { batch: 16, bottleneck: 10, rows: 64 } as const

/** Peak memory of the first-order step at several d, each in a process of its own: a peak never goes back. */
export async function measureMemory(dimensions: readonly number[]): Promise<MemoryResult[]> {
  const results: MemoryResult[] = []
  for (const d of dimensions) {
    const args = ['--conditions=facet-source', '--import', 'tsx', script, String(d)]
    const { stdout } = await promisify(execFile)(process.execPath, args)
    const { peakBytes, heldBytes, reason } = JSON.parse(stdout)
    const limitBytes = 8 * memoryWork.batch * memoryWork.bottleneck * d * 4 + 2 ** 20
    const measured = reason === undefined ? { peakBytes, heldBytes, limitBytes } : null
    results.push({ name: `d = ${d}`, measured, reason })
  }
  return results
}
