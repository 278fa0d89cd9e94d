import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { experimentFrom } from './document/experiment-from.ts'
import { readDocument } from './document/read-document.ts'
import { inResultFolder } from './folder/result-folder.ts'
import { runExperiment } from './run-experiment.ts'
import type { ExperimentOptions } from './study/study.ts'
import { plainReport } from './text/report-text.ts'

let base: string
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'facet-program-'))
})
afterEach(() => rmSync(base, { recursive: true }))

const options: Omit<ExperimentOptions, 'folder'> = {
  processes: 1,
  signal: new AbortController().signal,
  stream: { write: () => true },
}

it('runs an experiment of a program as facet run does that of its document', async () => {
  const asked = experimentFrom({ experiment: 'orbitGap', cases: ['torus'], seeds: 1, steps: 2 })
  const path = join(base, 'results')
  const { report, text } = await inResultFolder(path, (folder) =>
    runExperiment(asked, { ...options, folder }),
  )
  expect(report.rows.map((row) => row.case.orbit)).toEqual(['torus', 'torus', 'torus'])
  expect(text.failures).toEqual([])
  const { experiment } = readDocument(join(path, 'experiment.yaml'))
  expect(experiment).toEqual(asked)

  const document = join(base, 'same.yaml')
  writeFileSync(document, 'experiment: orbitGap\ncases: [torus]\nseeds: 1\nsteps: 2\n')
  const again = await inResultFolder(join(base, 'again'), (folder) =>
    runExperiment(readDocument(document).experiment, { ...options, folder }),
  )
  expect(plainReport(again.text, 80)).toBe(plainReport(text, 80))
  const lines = (name: string): string => readFileSync(join(base, name, 'results.jsonl'), 'utf8')
  expect(lines('again')).toBe(lines('results'))
})
