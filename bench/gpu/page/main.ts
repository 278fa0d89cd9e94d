import { gpu } from '@facet/tensor/gpu'
import { ordinary, quick } from '../../src/options.ts'
import type { CaseResult, Omission } from '../../src/report/results.ts'
import { openField, runCase } from '../../src/run-suite.ts'
import { casesOf } from './cases.ts'
import { contenders } from './contenders.ts'
import { LiveTable } from './table.ts'

/** What a run of the page has found: the JSON that people send us. */
export interface PageResult {
  readonly renderer: string
  readonly browser: string
  readonly cores: number
  readonly date: string
  readonly rounds: number
  readonly versions: Readonly<Record<string, string>>
  readonly absent: readonly Omission[]
  readonly cases: readonly CaseResult[]
}

const element = <T extends HTMLElement>(id: string): T => document.getElementById(id) as T

/** Everything, case by case, shown as it comes. */
async function run(isQuick: boolean, containing: string): Promise<PageResult> {
  const settings = isQuick ? quick : { ...ordinary, rounds: 15, blockSeconds: 0.2, warmUpSeconds: 0.1 }
  const table = new LiveTable(element('results'), contenders)
  const field = await openField(contenders)
  const renderer = gpu.isSupported() ? (await gpu.backend()).device.renderer : 'none'
  element('renderer').textContent = renderer
  const cases: CaseResult[] = []
  const result: PageResult = {
    renderer,
    browser: navigator.userAgent,
    cores: navigator.hardwareConcurrency,
    date: new Date().toISOString(),
    rounds: settings.rounds,
    versions: Object.fromEntries(
      field.open.map(({ contender, session }) => [contender.name, session.version]),
    ),
    absent: field.absent,
    cases,
  }
  for (const candidate of casesOf(isQuick)) {
    if (!candidate.name.includes(containing)) continue
    element('state').textContent = candidate.name
    const begun = performance.now()
    const found = await runCase(field, candidate, { ...settings, seed: candidate.name })
    console.info(`${candidate.name} (${((performance.now() - begun) / 1000).toFixed(0)} s)`)
    cases.push(found)
    table.add(found)
    element<HTMLTextAreaElement>('json').value = JSON.stringify(result)
    // The command keeps what is there, should it be stopped.
    await (globalThis as { keep?: (result: PageResult) => Promise<void> }).keep?.(result)
  }
  element('state').textContent = 'done'
  return result
}

const start = element<HTMLButtonElement>('start')
start.addEventListener('click', () => {
  start.disabled = true
  const query = new URLSearchParams(location.search)
  const finished = run(query.has('quick'), query.get('cases') ?? '')
  // The command waits for this.
  Object.assign(globalThis, { finished })
  finished.catch((error: Error) => {
    element('state').textContent = error.message
  })
})
element<HTMLButtonElement>('copy').addEventListener('click', () => {
  void navigator.clipboard.writeText(element<HTMLTextAreaElement>('json').value)
})
