// Whether the paper's own regularizers gain when their generators are structured (docs/results/structured-generators.md):
//   node --conditions=facet-source --import tsx scripts/structured-generators.ts orbits --log FOLDER
//   node --conditions=facet-source --import tsx scripts/structured-generators.ts series --log FOLDER --data FOLDER_OF_UCR_FILES
// Every run is a line in the log; what is there already is not run again. The tables of all lines are printed at the end.
import { parseArgs } from 'node:util'
import type { Orbit } from '@facet/data'
import { pca, reconstruction, reconstructionError } from '@facet/models'
import {
  bankMembers,
  fixed,
  fixedBank,
  fromBank,
  full,
  type GeneratorBank,
  type GeneratorParametrisation,
  learnedBank,
  learnOrder,
  lieGroupFirstOrder,
  lieGroupSecondOrder,
  permutedBank,
  seriesBank,
  skewSymmetric,
} from '@facet/regularizers'
import { eigh, key, matmul, scope, transpose } from '@facet/tensor'
import { startEngine } from '../packages/lab/src/engine.ts'
import { loadParts, type Parts, trainingBank } from '../packages/lab/src/studies/orbit-benefit/data.ts'
import { orbitBenefitDefaults } from '../packages/lab/src/studies/orbit-benefit/experiment.ts'
import { trainedNet } from '../packages/lab/src/studies/orbit-benefit/train.ts'
import { type OrbitName, orbitNames } from '../packages/lab/src/studies/orbit-gap/cases.ts'
import { orbits } from '../packages/lab/src/studies/orbit-gap/orbits.ts'
import { orbitGapTerm, trainOnOrbit } from '../packages/lab/src/studies/orbit-gap/run.ts'
import { protocolOf } from '../packages/lab/src/studies/orbit-gap/settings.ts'
import { signFlip } from '../packages/lab/src/text/paired-tests.ts'
import { mean, median, standardDeviation } from '../packages/lab/src/text/statistics.ts'
import { resumableLog } from './resumable-log.ts'

const { positionals, values: flags } = parseArgs({
  allowPositionals: true,
  options: {
    log: { type: 'string' },
    data: { type: 'string' },
    /** Of the orbits. */
    seeds: { type: 'string', default: '5' },
    /** Of the series. */
    runs: { type: 'string', default: '4' },
    sets: { type: 'string', default: 'CBF,Trace,FiftyWords' },
    /** Of the series: codes or paper. */
    term: { type: 'string', default: 'codes' },
    /** Of the Lie terms. */
    orders: { type: 'string', default: 'first;second' },
    /** Only these orbits, or families of generators; with ; between them. */
    only: { type: 'string' },
  },
})
const [part] = positionals
if (flags.log === undefined || (part !== 'orbits' && part !== 'series'))
  throw new Error('expected orbits or series, and --log with a folder')
const chosen = (name: string): boolean => flags.only === undefined || flags.only.split(';').includes(name)

const orders = { first: lieGroupFirstOrder, second: lieGroupSecondOrder } as const
type Order = keyof typeof orders
const chosenOrders = flags.orders.split(';') as Order[]

const logOf = <T>(name: string) => resumableLog<T>(flags.log!, name)

const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  [head, head.map((_, i) => (i < 2 ? '---' : '---:')), ...rows]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n')

// Orbits.

/** Matrices over an orthonormal basis of the directions that the training points take, as a bank. */
function bankOfSpan(
  { train }: Orbit,
  make: (u: readonly number[], v: readonly number[]) => number[][],
  both: boolean,
): GeneratorBank {
  const span = scope(() => {
    const { values, vectors } = eigh(matmul(transpose(train), train))
    const sizes = values.toArray() as number[]
    const directions = transpose(vectors).toArray() as number[][]
    return directions.filter((_, i) => sizes[i] > 1e-5 * Math.max(...sizes))
  })
  const pairs = span.flatMap((u, i) => span.flatMap((v, j) => (both || i < j ? [[u, v] as const] : [])))
  return fixedBank(pairs.map(([u, v]) => make(u, v)))
}

const outer = (u: readonly number[], v: readonly number[]): number[][] => u.map((a) => v.map((b) => a * b))
const turn = (u: readonly number[], v: readonly number[]): number[][] =>
  u.map((a, i) => v.map((b, j) => a * b - v[i] * u[j]))

/** Banks along a line of coordinates; without moments that are kept, for they have to be linear. */
const line = { zNormalised: false } as const
const lineBanks: Readonly<Record<string, (orbit: Orbit) => GeneratorBank>> = {
  'learned line': ({ train }) => learnedBank(train, line),
  'learned line, one bump': ({ train }) => learnedBank(train, { ...line, bumps: 1 }),
  'given line (W, A)': ({ train }) => seriesBank({ ...line, length: train.shape[1] }),
}

/** Convolutions with nine taps on a ring of coordinates, as many matrices as taps. */
const ring = ({ train }: Orbit): GeneratorBank => {
  const d = train.shape[1]
  const range = Array.from({ length: d }, (_, t) => t)
  const shifted = (by: number): number[][] =>
    range.map((i) => range.map((j) => Number((i + by + d) % d === j)))
  return fixedBank([-4, -3, -2, -1, 0, 1, 2, 3, 4].map(shifted))
}

const onOrbits: Readonly<Record<string, (orbit: Orbit) => GeneratorParametrisation>> = {
  'true, fixed': ({ generators }) => fixed(generators),
  full: () => full(),
  skew: () => skewSymmetric(),
  'span, free': (orbit) => fromBank(bankOfSpan(orbit, outer, true)),
  'span, skew': (orbit) => fromBank(bankOfSpan(orbit, turn, false)),
  'stencil on a ring': (orbit) => fromBank(ring(orbit)),
  ...Object.fromEntries(
    Object.entries(lineBanks).map(([name, make]) => [name, (orbit: Orbit) => fromBank(make(orbit))]),
  ),
}

interface OrbitResult {
  readonly gapDistance: number
  readonly alignment: number | null
  readonly unexplained: number | null
}

async function onAllOrbits(): Promise<void> {
  const seeds = Array.from({ length: Number(flags.seeds) }, (_, seed) => seed)
  const log = logOf<OrbitResult>('orbits')
  const rows: (string | number)[][] = []
  for (const name of orbitNames.filter(chosen)) {
    const { steps } = protocolOf(name)
    const runs = async (id: string, term: (orbit: Orbit) => Parameters<typeof trainOnOrbit>[2]) => {
      const results: OrbitResult[] = []
      for (const seed of seeds)
        results.push(
          await log.run(`${name} · ${id} · ${seed}`, async () => {
            const orbit = orbits[name].make(seed)
            const { model: _, ...result } = await trainOnOrbit(name, orbit, term(orbit), { seed, steps })
            return result
          }),
        )
      return results
    }
    const plain = await runs('none', () => null)
    rows.push([name, 'none', '', median(plain.map((r) => r.gapDistance)).toFixed(4), '', '', '', ''])
    for (const order of chosenOrders)
      for (const [family, make] of Object.entries(onOrbits)) {
        if (order === 'second' && !secondOnOrbits.includes(family)) continue
        if (family === 'stencil on a ring' && name !== 'shift') continue
        const weight = weightOn(name, family)
        const results = await runs(`${order} · ${family}`, (orbit) =>
          orders[order](orbitGapTerm(name, make(orbit), weight)),
        )
        const ratios = results.map((r, i) => r.gapDistance / plain[i].gapDistance)
        const alignments = results.flatMap((r) => (r.alignment === null ? [] : [r.alignment]))
        rows.push([
          name,
          `${order}, ${family}, λ ${weight}`,
          numbersOf(name, make),
          median(results.map((r) => r.gapDistance)).toFixed(4),
          median(ratios).toFixed(2),
          `${ratios.filter((r) => r < 0.5).length}/${seeds.length}`,
          alignments.length === 0 ? 'fixed' : median(alignments).toFixed(3),
          median(results.map((r) => r.unexplained!)).toFixed(4),
        ])
      }
  }
  console.log(
    table(
      [
        'orbit',
        'generators',
        'learned numbers',
        'gap distance',
        'ratio',
        'ratio < 0.5',
        'alignment',
        'unexplained',
      ],
      rows,
    ),
  )
  for (const name of orbitNames) {
    const found = learnOrder(orbits[name].make(0).train)
    console.log(`\nlearnOrder on ${name}: ${JSON.stringify({ ...found, order: undefined })}`)
  }
}

const secondOnOrbits = ['true, fixed', 'full', 'span, skew', 'learned line']

/** Those of `facet orbit`. */
const weightOn = (name: OrbitName, family: string): number =>
  name === 'rotation' && family !== 'true, fixed' ? 0.3 : 0.1

/** How many numbers a family learns. */
function numbersOf(name: OrbitName, make: (orbit: Orbit) => GeneratorParametrisation): number {
  const orbit = orbits[name].make(0)
  const request = { name: 'count', bottleneck: protocolOf(name).bottleneck, dimension: orbit.train.shape[1] }
  const made = make(orbit).create({ ...request, key: key(0), dtype: 'float32', initialScale: 1 })
  return made.parameters.reduce((sum, { value }) => sum + value.size, 0)
}

// Series.

/** The term beside the reconstruction error. */
const terms = {
  /** Pairs around codes of the training part, residuals as a share of what there is to explain. */
  codes: { options: { penalty: 'relative', sampler: 'aroundCodes' }, weights: [0.01, 0.1, 1] },
  /** As in the paper: codes of a normal distribution, residuals as they are. */
  paper: { options: { penalty: 'squared', sampler: 'normal' }, weights: [0.01, 1, 100] },
} as const
const { options: seriesTerm, weights } = terms[flags.term === 'paper' ? 'paper' : 'codes']

const bankFor = (parts: Parts, bank: 'learned' | 'random' | 'given'): GeneratorBank =>
  trainingBank(parts, 'WA', { bank, zNormalised: false })

const onSeries: Readonly<Record<string, (parts: Parts) => GeneratorParametrisation>> = {
  full: () => full(),
  skew: () => skewSymmetric(),
  'learned, mixed': (parts) => fromBank(bankFor(parts, 'learned')),
  'given, mixed': (parts) => fromBank(bankFor(parts, 'given')),
  'learned, members': (parts) => bankMembers(bankFor(parts, 'learned')),
  /** The control: the same operators in randomly permuted coordinates. */
  'permuted, members': (parts) => bankMembers(permutedBank(bankFor(parts, 'learned'))),
}

/** Families that take as long as free matrices and do no better are left out of longer series. */
const longest: Readonly<Record<string, number>> = { skew: 128 }

/** Where the second order takes seconds and not a minute a run. */
const secondOnSeries: Readonly<Record<string, readonly string[]>> = {
  CBF: ['full', 'learned, mixed', 'learned, members'],
  SyntheticControl: ['full', 'learned, mixed', 'learned, members'],
}

interface SeriesResult {
  readonly validation: number
  readonly test: number
  /** Of decoded pairs (first order), by the generators that were trained with. */
  readonly unexplained: number | null
  /** The same by the members of the learned bank, whatever was trained with. */
  readonly byMembers: number
  /** Of tangents (second order). */
  readonly unexplainedTangents: number | null
}

async function onAllSeries(): Promise<void> {
  const log = logOf<SeriesResult>('series')
  const settings = { ...orbitBenefitDefaults, data: flags.data ?? null }
  const runs = Array.from({ length: Number(flags.runs) }, (_, run) => run)
  const rows: (string | number)[][] = []
  for (const set of flags.sets.split(',')) {
    const train = (order: Order | null, family: string, weight: number, run: number) =>
      log.run(
        [set, order === null ? 'none' : `${flags.term} ${order}`, family, weight, run].join(' · '),
        async () => {
          const parts = await loadParts(set, settings, run)
          const term = order && orders[order]({ ...seriesTerm, weight, generators: onSeries[family](parts) })
          const seed = `${settings.seed}/run ${run}`
          const { net, history } = await trainedNet(settings, parts, seed, {
            objective: [reconstruction(), ...(term ? [term] : [])],
          })
          const own = term && history.diagnostics[term.name]
          // Of pairs around codes whatever the term is, and of the plain autoencoder too: what all rows are compared by.
          const members = lieGroupFirstOrder({
            ...terms.codes.options,
            generators: onSeries['learned, members'](parts),
          })
          const { unexplainedFraction } = members
            .start(net, parts.train, key('members'))
            .diagnostics(parts.train, key(seed).child('diagnostics')) as { unexplainedFraction: number }
          return {
            validation: history.epochs[history.bestEpoch!].validation!,
            test: reconstructionError(net, parts.test),
            unexplained: own ? (own.unexplainedFraction as number) : null,
            byMembers: unexplainedFraction,
            unexplainedTangents: own
              ? ((own.unexplainedTangentFraction as number | undefined) ?? null)
              : null,
          }
        },
      )
    const length = (await loadParts(set, settings, 0)).train.shape[1]
    const linear = await Promise.all(
      runs.map(async (run) => {
        const { train, test } = await loadParts(set, settings, run)
        return pca(train, settings.bottleneck).error(test)
      }),
    )
    rows.push([set, 'PCA-10', '', percent(linear), '', '', '', '', ''])
    const plain: SeriesResult[] = []
    for (const run of runs) plain.push(await train(null, 'none', 0, run))
    rows.push([set, 'none', '', percent(plain.map((r) => r.test)), '', '', '', '', share(plain, 'byMembers')])
    for (const order of chosenOrders)
      for (const family of order === 'first' ? Object.keys(onSeries) : (secondOnSeries[set] ?? [])) {
        if (!chosen(family) || length > (longest[family] ?? length)) continue
        const candidates: SeriesResult[][] = []
        for (const weight of weights) {
          const results: SeriesResult[] = []
          for (const run of runs) results.push(await train(order, family, weight, run))
          candidates.push(results)
        }
        const errors = candidates.map((results) => mean(results.map((r) => r.validation)))
        const best = errors.indexOf(Math.min(...errors))
        const results = candidates[best]
        const differences = results.map((r, i) => r.test - plain[i].test)
        rows.push([
          set,
          `${order}, ${family}`,
          weights[best],
          percent(results.map((r) => r.test)),
          `${((100 * mean(differences)) / mean(plain.map((r) => r.test))).toFixed(1)} %`,
          `${differences.filter((d) => d < 0).length}/${runs.length}`,
          signFlip(differences)!.toFixed(3),
          share(results, order === 'first' ? 'unexplained' : 'unexplainedTangents'),
          share(results, 'byMembers'),
        ])
        const all = candidates.map((c) => percent(c.map((r) => r.test)).split(' ')[0]).join(', ')
        const fulfilled = candidates.map((c) =>
          share(c, order === 'first' ? 'unexplained' : 'unexplainedTangents'),
        )
        console.log(
          `${set}, ${order}, ${family}: test errors ${all}, unexplained ${fulfilled.join(', ')} at λ ${weights.join(', ')}`,
        )
      }
  }
  const head = [
    'set',
    'generators',
    'λ',
    'test error × 100',
    'change',
    'lower',
    'p',
    'unexplained',
    'by members',
  ]
  console.log(`\n${table(head, rows)}`)
}

const percent = (errors: readonly number[]): string =>
  `${(100 * mean(errors)).toFixed(2)} ± ${(100 * (standardDeviation(errors) ?? 0)).toFixed(2)}`

const share = (
  results: readonly SeriesResult[],
  of: 'unexplained' | 'byMembers' | 'unexplainedTangents',
): string => mean(results.map((r) => r[of]!)).toFixed(3)

await startEngine()
await (part === 'orbits' ? onAllOrbits() : onAllSeries())
