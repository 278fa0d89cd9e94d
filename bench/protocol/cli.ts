// The table's protocol beside PyTorch: whole runs of the five objectives, one thread each, in turn.
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs, promisify } from 'node:util'
import { split } from '@facet/data'
import { key } from '@facet/tensor'
import { experimentFrom } from '../../packages/lab/src/document/experiment-from.ts'
import { startEngine } from '../../packages/lab/src/engine.ts'
import { loadSet } from '../../packages/lab/src/sets/data-sets.ts'
import { paperModels } from '../../packages/lab/src/studies/paper-table/printed.ts'
import type { ReproduceSettings } from '../../packages/lab/src/studies/paper-table/settings.ts'
import { openPython, torchKernels } from '../src/contenders/python/kernels.ts'

const usage = `Whole runs of the table's protocol in Facet and in PyTorch: one of each objective at each set, one thread each, a fresh process for each run, in turn.

node --conditions=facet-source --import tsx bench/protocol/cli.ts [--data <folder>] [--sets CBF,Trace,SyntheticControl] [--epochs 125] [--rounds 3]
  --data  folder of UCR files; without it, sets are generated`

const { values: given } = parseArgs({
  options: {
    data: { type: 'string' },
    sets: { type: 'string', default: 'CBF,Trace,SyntheticControl' },
    epochs: { type: 'string', default: '125' },
    rounds: { type: 'string', default: '3' },
    help: { type: 'boolean', default: false },
  },
})
if (given.help) {
  console.log(usage)
  process.exit(0)
}

const file = (name: string): string => fileURLToPath(new URL(name, import.meta.url))
const run = promisify(execFile)
interface Run {
  readonly seconds: number
  readonly test: number
}
const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]

await startEngine()
const { settings: read } = experimentFrom({
  experiment: 'reproduce',
  sets: given.sets.split(','),
  data: given.data,
  models: paperModels,
  epochs: Number(given.epochs),
})
const settings = read as ReproduceSettings
const { environment } = await torchKernels()
const { version, notes, close } = await openPython('with_torch', 1)
await close()
console.log(`${cpus().length} × ${cpus()[0].model}, load ${loadavg()[0].toFixed(1)}; Node ${process.version}`)
console.log(`${version}\n${notes?.join('\n')}\n`)
console.log(
  '| set | model | Facet, s a run | PyTorch, s a run | Facet, runs an hour | PyTorch | × | test MSE × 100, Facet | PyTorch |',
)
console.log('|---|---|---:|---:|---:|---:|---:|---:|---:|')
for (const set of settings.sets) {
  const folder = mkdtempSync(join(tmpdir(), 'facet-protocol-'))
  try {
    const { train: whole, test } = await loadSet(set, settings)
    const { train, validation } = split(whole, { validation: 0.2, key: key(0).child('split', 0) })
    const parts = { train, validation, test }
    for (const [name, part] of Object.entries(parts))
      writeFileSync(join(folder, `${name}.f32`), new Uint8Array(Float32Array.from(part.dataSync()).buffer))
    const shapes = Object.fromEntries(Object.entries(parts).map(([name, { shape }]) => [name, shape]))
    writeFileSync(join(folder, 'arrays.json'), JSON.stringify(shapes))
    for (const model of paperModels) {
      const value = settings.candidates[model]?.[0] ?? null
      const programs = {
        facet: (round: number) => [
          process.execPath,
          ...['--conditions=facet-source', '--import', 'tsx', file('facet-run.ts')],
          JSON.stringify([settings, { set, model, value, run: round }]),
        ],
        pytorch: (round: number) => [
          ...['/usr/bin/python3', file('paper_runs.py'), folder, model],
          ...[settings.epochs, settings.batchSize, round].map(String),
        ],
      }
      const found = { facet: [] as Run[], pytorch: [] as Run[] }
      for (let round = 0; round < Number(given.rounds); round++)
        for (const name of ['facet', 'pytorch'] as const) {
          const [command, ...args] = programs[name](round)
          const { stdout } = await run(command, args, { env: { ...process.env, ...environment } })
          found[name].push(JSON.parse(stdout))
        }
      const seconds = (name: 'facet' | 'pytorch') => median(found[name].map((one) => one.seconds))
      const error = (name: 'facet' | 'pytorch') =>
        (100 * found[name].reduce((sum, { test }) => sum + test, 0)) / found[name].length
      const [own, other] = [seconds('facet'), seconds('pytorch')]
      const cells = [own.toFixed(2), other.toFixed(2), Math.round(3600 / own), Math.round(3600 / other)]
      const errors = [error('facet').toFixed(2), error('pytorch').toFixed(2)]
      console.log(`| ${[set, model, ...cells, (other / own).toFixed(2), ...errors].join(' | ')} |`)
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
