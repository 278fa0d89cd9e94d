import { gpu } from '@facet/tensor/gpu'
import type { CaseResult } from '../../src/report/results.ts'
import type { PageResult } from './result.ts'
import { type Listener, noWebGl, runCases } from './run.ts'
import { LiveTable } from './table.ts'

const element = <T extends HTMLElement>(id: string): T => document.getElementById(id) as T
const [state, progress, start, copy] = [
  element('state'),
  element<HTMLProgressElement>('progress'),
  element<HTMLButtonElement>('start'),
  element<HTMLButtonElement>('copy'),
]
const json = element<HTMLTextAreaElement>('json')

/** What the command listens to. */
interface Command {
  keep?(result: PageResult): Promise<void>
  tell?(line: string): Promise<void>
}
const command = globalThis as Command

/** Terms and what they are. */
function define(id: string, rows: readonly (readonly [string, string])[]): void {
  const made = rows.flatMap(([term, text]) => [
    Object.assign(document.createElement('dt'), { textContent: term }),
    Object.assign(document.createElement('dd'), { textContent: text }),
  ])
  element(id).replaceChildren(...made)
}

function describe({ device, contenders, absent, browser, cores }: PageResult): void {
  const [side, elements] = [device.longestSide, device.mostElements].map((n) => n.toLocaleString('en'))
  const isSoftware = /swiftshader|llvmpipe|basic render/i.test(device.renderer)
  define('device', [
    ['Device', `${device.renderer}${isSoftware ? ': software, no GPU is at work' : ''}`],
    [
      'Limits',
      `textures up to ${side} × ${side}, tensors of ${elements} numbers, ${device.mostOutputs} outputs a pass`,
    ],
    ['Browser', `${browser}; ${cores} threads`],
  ])
  define('versions', [
    ...contenders.map(({ title, version }) => [title, version] as const),
    ...absent.map(({ entry, reason }) => [entry, `not here: ${reason}`] as const),
  ])
}

/** Shows a run as it goes. */
function listener(): Listener {
  let table: LiveTable
  let names: readonly string[] = []
  let rounds = 0
  let begun = performance.now()
  return {
    began(result, all) {
      describe(result)
      names = all
      rounds = result.rounds
      table = new LiveTable(element('results'), result.contenders, all)
      progress.max = all.length * rounds
      table.begin(0)
      state.textContent = `1 of ${all.length}: ${all[0]}, results held against float64`
    },
    round(at, round) {
      progress.value = at * rounds + round
      state.textContent = `${at + 1} of ${names.length}: ${names[at]}, round ${round + 1} of ${rounds}`
    },
    async measured(at: number, found: CaseResult, result: PageResult) {
      table.fill(at, found)
      progress.value = (at + 1) * rounds
      if (at + 1 < names.length) {
        table.begin(at + 1)
        state.textContent = `${at + 2} of ${names.length}: ${names[at + 1]}, results held against float64`
      }
      json.value = JSON.stringify(result)
      copy.disabled = false
      const seconds = ((performance.now() - begun) / 1000).toFixed(0)
      begun = performance.now()
      await command.tell?.(`${at + 1}/${names.length}: ${names[at]} (${seconds} s)`)
      await command.keep?.(result)
    },
  }
}

function fail(error: Error): void {
  state.className = 'error'
  state.textContent = error.message
}

start.addEventListener('click', () => {
  start.disabled = true
  progress.hidden = false
  state.className = ''
  state.textContent = 'loading'
  const query = new URLSearchParams(location.search)
  const rounds = query.get('rounds')
  const finished = runCases(
    {
      isQuick: query.has('quick'),
      containing: query.get('cases') ?? '',
      rounds: rounds === null ? null : Number(rounds),
      among: query.get('contenders')?.split(',') ?? [],
    },
    listener(),
  )
  // The command waits for this.
  Object.assign(globalThis, { finished })
  finished
    .then(({ wasHidden }) => {
      state.textContent = wasHidden
        ? 'done, but the tab was out of sight for a while: browsers slow such tabs down'
        : 'done'
    }, fail)
    .finally(() => {
      progress.hidden = true
      start.disabled = false
    })
})

copy.addEventListener('click', async () => {
  // Pages that are not from https or localhost have no clipboard.
  const isCopied = await navigator.clipboard?.writeText(json.value).then(
    () => true,
    () => false,
  )
  json.select()
  const hasWorked = isCopied || document.execCommand('copy')
  element('copied').textContent = hasWorked ? 'copied' : 'the text is selected: copy it with your keyboard'
})

if (!gpu.isSupported()) fail(new Error(noWebGl))
