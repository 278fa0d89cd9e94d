import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { init } from '@facet/tensor'
import type { Entry } from '../contenders/contender.ts'
import { type RoundOptions, timeInRounds } from '../harness/rounds.ts'
import { median, pairedRatio } from '../harness/statistics.ts'
import type { GeometryResult, ProcessResult } from '../report/results.ts'
import { cutOnly, isTargeted, type PlaneCase, partitioned, planeCases } from './planes.ts'
import { graphCases, lineCases, type SpaceCase } from './spaces.ts'
import { neighboursOf, splitPlane } from './splitter.ts'

const ordinary: RoundOptions = { rounds: 11, blockSeconds: 0.04, warmUpSeconds: 0.2, seed: 'geometry' }
const quick: RoundOptions = { rounds: 3, blockSeconds: 0.005, warmUpSeconds: 0.005, seed: 'geometry' }

/** A splitter that takes longer is counted, and not timed: in interleaved rounds it would take minutes. */
const LONGEST_SECONDS = 1

/** What the suite has found. */
export interface GeometryFound {
  readonly rows: readonly GeometryResult[]
  readonly processes: readonly ProcessResult[]
}

/**
 * Partitions of planes beside a plain splitter in interleaved rounds, regions in more dimensions and along lines, and first calls in processes of their own.
 *
 * @param counted a file of the golden kind `partition_*`, which takes part where it is given
 * @throws Error where a count is not the one that is known, or the splitter finds another.
 */
export async function measureGeometry(
  isQuick: boolean,
  containing: string,
  counted: string | null,
  onCase: (name: string) => void,
): Promise<GeometryFound> {
  await init({ backend: 'wasm' })
  const options = isQuick ? quick : ordinary
  const rows: GeometryResult[] = []
  const add = (row: GeometryResult) => {
    rows.push(row)
    onCase(row.name)
  }
  for (const plane of await planeCases(isQuick, counted))
    if (plane.name.includes(containing)) add(await measurePlane(plane, options))
  for (const [kind, cases] of [
    ['space', graphCases(isQuick)],
    ['line', lineCases(isQuick)],
  ] as const)
    for (const one of cases) if (one.name.includes(containing)) add(await measureAlone(kind, one, options))
  const processes: ProcessResult[] = []
  const shapes: [string, number][] = isQuick
    ? [['2-16-16-16-1', 1]]
    : [
        ['2-64-64-64-1', 1],
        ['2-64-64-64-1', 10],
        ['2-128-128-128-1', 10],
        ['2-256-256-256-1', 1],
        ['2-256-256-256-1', 10],
      ]
  for (const [widths, half] of shapes) {
    if (!widths.includes(containing)) continue
    processes.push(await measureProcess(widths, half, isQuick ? 2 : widths.includes('256') ? 3 : 7))
    onCase(`fresh process, ${widths}, ±${half}`)
  }
  return { rows, processes }
}

async function measurePlane(plane: PlaneCase, options: RoundOptions): Promise<GeometryResult> {
  const { name, network, counted } = plane
  const found = partitioned(plane)
  const { regions, complete, verified } = found
  if (counted !== null && regions !== counted)
    throw new Error(`geometry: ${name}: expected ${counted} regions, got ${regions}`)
  const cut = cutOnly(plane)
  const split = () => splitPlane(network, plane)
  const names = ['facet', 'facet cutting']
  const runs: (() => unknown)[] = [() => partitioned(plane), cut]
  const begun = performance.now()
  const all = split()
  const theirs = { regions: all.length, neighbours: neighboursOf(all) }
  if (performance.now() - begun < 1000 * LONGEST_SECONDS) {
    names.push('splitter', 'splitter cutting')
    runs.push(() => neighboursOf(split()), split)
  }
  const seconds = await timeInRounds(runs.map(entryOf), { ...options, seed: name })
  return {
    kind: 'plane',
    name,
    isTargeted: isTargeted(name),
    regions,
    edges: found.summary().interiorEdges,
    complete,
    verified,
    splitter: theirs,
    timings: names.map((entry, i) => {
      const own = seconds[i].filter((x) => x !== undefined)
      // With neighbours against with neighbours, cuts against cuts.
      const base = i < 2 ? null : seconds[i - 2]
      return {
        entry,
        medianSeconds: median(own),
        regionsPerSecond: regions / median(own),
        ratio: base === null ? null : pairedRatio(seconds[i], base),
      }
    }),
  }
}

async function measureAlone(
  kind: 'space' | 'line',
  { name, run }: SpaceCase,
  options: RoundOptions,
): Promise<GeometryResult> {
  const found = run()
  const [seconds] = await timeInRounds([entryOf(run)], { ...options, seed: name })
  const medianSeconds = median(seconds.filter((x) => x !== undefined))
  const regionsPerSecond = found.regions / medianSeconds
  return {
    kind,
    name,
    isTargeted: kind === 'space' && name.startsWith('4-8-8-8-8-2'),
    ...found,
    splitter: null,
    timings: [{ entry: 'facet', medianSeconds, regionsPerSecond, ratio: null }],
  }
}

const entryOf = (run: () => unknown): Entry => ({
  result: async () => [],
  clock: { kind: 'synchronous', run: () => void run() },
})

const script = fileURLToPath(new URL('./first-call.ts', import.meta.url))

async function measureProcess(widths: string, half: number, times: number): Promise<ProcessResult> {
  const all: Omit<ProcessResult, 'name'>[] = []
  for (let i = 0; i < times; i++) {
    const args = ['--conditions=facet-source', '--import', 'tsx', script, widths, String(half)]
    const { stdout } = await promisify(execFile)(process.execPath, args)
    all.push(JSON.parse(stdout))
  }
  const middle = (name: 'importSeconds' | 'callSeconds' | 'peakBytes') => median(all.map((one) => one[name]))
  return {
    ...all[0],
    name: `${widths}, ±${half}`,
    importSeconds: middle('importSeconds'),
    callSeconds: middle('callSeconds'),
    peakBytes: middle('peakBytes'),
  }
}
