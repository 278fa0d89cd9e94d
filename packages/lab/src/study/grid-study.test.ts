import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseHTML } from 'linkedom'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readCheckedLines } from '../folder/checked-lines.ts'
import { inResultFolder } from '../folder/result-folder.ts'
import { downloadsOf } from '../report/testing/page-parts.ts'
import type { GridSettings } from './grid.ts'
import { runStudy } from './run.ts'
import type { ExperimentOptions } from './study.ts'
import { lineStudy } from './testing/line-study.ts'

const settings: GridSettings = {
  sets: ['CBF'],
  models: ['ae', 'contractive'],
  runs: 2,
  candidates: { contractive: [0.01, 0.1] },
  seed: 0,
  data: null,
  samples: null,
}

let path: string
let said = ''
beforeAll(() => {
  path = mkdtempSync(join(tmpdir(), 'facet-grid-'))
})
afterAll(() => rmSync(path, { recursive: true }))

const run = (name: string, more: Partial<ExperimentOptions> = {}) =>
  inResultFolder(join(path, name), (folder) =>
    runStudy(
      { study: lineStudy, settings, document: 'experiment: lines\n' },
      {
        folder,
        processes: 2,
        signal: new AbortController().signal,
        stream: { write: (text) => (said += text) },
        ...more,
      },
      new URL('./testing/line-worker.ts', import.meta.url),
    ),
  )

const files = ['experiment.yaml', 'report.html', 'results.jsonl', 'table.md']
const contentOf = (name: string) => files.map((file) => readFileSync(join(path, name, file), 'utf8'))

describe('a study of one file', () => {
  it('is planned, run by workers, chosen from, compared, written and reported by what all studies share', async () => {
    const report = await run('whole')
    expect(said).toMatch(/^7 runs, 2 at a time, about /)
    expect(said).toContain('CBF · contractive · λ 0.1 · run 2: ')
    expect(report.failures).toEqual([])
    expect(report.cells.map(({ model, outcomes }) => [model, outcomes.length])).toEqual([
      ['ae', 2],
      ['contractive', 2],
    ])
    const [, contractive] = report.cells
    const [small, large] = contractive.candidates.map(({ validationError }) => validationError!)
    expect(contractive.chosen).toBe(small <= large ? 0.01 : 0.1)

    expect(readdirSync(join(path, 'whole')).sort()).toEqual([...files, 'times.jsonl'])
    const [document, html, results, table] = contentOf('whole')
    expect(document).toBe('experiment: lines\n')
    const { lines, checked } = readCheckedLines(results, 'results.jsonl')
    expect(checked).toBe(true)
    expect(lines.map((line) => (line as { kind: string }).kind)).toEqual([
      ...Array(6).fill('run'),
      'baselines',
      'cell',
      'cell',
    ])
    expect(table).toMatch(/^# Lines\n/)
    expect(table).toContain('contractive')
    const page = parseHTML(html).document
    expect(page.querySelectorAll('#table tbody tr')).toHaveLength(1 + 3)
    expect(downloadsOf(page)['table.csv'].split('\r\n')[0]).toBe(
      'set,model,value,runs,test_error,test_error_std',
    )
  })

  it('gives the same bytes one job at a time, and when it is reported again from its results', async () => {
    await run('one', { processes: 1 })
    expect(contentOf('one')).toEqual(contentOf('whole'))
    for (const file of ['report.html', 'table.md']) rmSync(join(path, 'one', file))
    await run('one', { unfinished: 'resume' })
    expect(contentOf('one')).toEqual(contentOf('whole'))
  })
})
