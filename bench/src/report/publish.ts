import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { suiteChart } from './chart.ts'
import { suiteMarkdown } from './markdown.ts'
import type { SuiteResult } from './results.ts'
import { targetTable } from './targets.ts'

/** Writes `bench.md` and one chart a suite. @returns the file's path. */
export async function publish(results: readonly SuiteResult[], folder: string): Promise<string> {
  await mkdir(join(folder, 'bench'), { recursive: true })
  const parts = [
    '# Speed against named peers',
    'Written by `pnpm bench --publish`; what is compared and how is in [bench/README.md](../../bench/README.md).',
    '## Targets',
    targetTable(results),
  ]
  for (const result of results) {
    parts.push(suiteMarkdown(result))
    if (result.cases.length === 0) continue
    await writeFile(join(folder, 'bench', `${result.suite}.svg`), suiteChart(result))
    parts.push(`![${result.suite}](bench/${result.suite}.svg)`)
  }
  const file = join(folder, 'bench.md')
  await writeFile(file, `${parts.join('\n\n')}\n`)
  return file
}
