import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { init } from '@facet/tensor'
import { Command } from 'commander'
import { thisMachine } from '../report/machine.ts'
import { counts, countsChart } from './counts.ts'
import { growth, growthChart } from './growth.ts'
import { slices } from './slices.ts'

interface Options {
  readonly data?: string
  readonly out: string
  readonly quick?: boolean
  readonly models?: string
}

const figures = ['growth', 'slices', 'counts'] as const

const command = new Command('geometry')
  .description(
    'Figures of the geometry of networks: regions against width and depth, planes through digits, regions in balls.',
  )
  .argument('<figure>', figures.join(', '))
  .option('--data <folder>', 'the four IDX files of MNIST, for slices and counts')
  .option('--models <text>', 'slices: only models whose name contains this')
  .option(
    '--out <folder>',
    'where JSON and SVG go',
    fileURLToPath(new URL('../../../docs/results/geometry', import.meta.url)),
  )
  .option('--quick', 'small networks and few digits, to see that it runs: not written without --out')
  .action(run)
await command.parseAsync()

async function run(figure: string, { data, out, quick = false, models }: Options): Promise<void> {
  if (!figures.includes(figure as never))
    command.error(`geometry: expected ${figures.join(', ')}, got '${figure}'`)
  if (figure !== 'growth' && data === undefined) command.error(`geometry: ${figure}: expected --data`)
  await init({ backend: 'wasm' })
  const machine = thisMachine()
  const { cpu, cores, node, load, date } = machine
  const flags = [
    data === undefined ? '' : ' --data FOLDER',
    models === undefined ? '' : ` --models '${models}'`,
    quick ? ' --quick' : '',
  ]
  const called = `pnpm --dir bench geometry ${figure}${flags.join('')}`
  const where = `${cpu}, ${cores} cores, Node ${node}, load ${load.toFixed(1)} at the start, ${date} UTC, one thread`
  const common = { command: called, machine }
  const told = (value: unknown) => console.error(JSON.stringify(value))
  if (figure === 'growth') {
    const rows = growth(quick, told)
    const caption = `${called}\n2-w-…-w-1, U(±1/√inputs), float64, medians over seeds 1, 2, 3.\n${where}`
    await written({ ...common, seeds: [1, 2, 3], rows }, growthChart(rows, caption))
  } else if (figure === 'slices') {
    const rows = await slices(data!, { quick, containing: models }, told)
    await written({ ...common, seed: 0, window: [-0.1, 1.1], rows })
  } else {
    const found = await counts(data!, quick, (name, error) => told({ name, error }))
    const caption = `${called}\nseed 0; ${found.centres} test digits as centres, ${found.draws} points drawn in each ball (a lower bound), ${found.digits} training digits.\n${where}`
    await written({ ...common, seed: 0, ...found }, countsChart(found.rows, caption))
  }

  async function written(result: object, chart?: string): Promise<void> {
    const folder = quick && command.getOptionValueSource('out') === 'default' ? null : out
    if (folder === null) return console.log(JSON.stringify(result, null, 1))
    await mkdir(folder, { recursive: true })
    await writeFile(join(folder, `${figure}.json`), `${JSON.stringify(result, null, 1)}\n`)
    if (chart !== undefined) await writeFile(join(folder, `${figure}.svg`), chart)
  }
}
