// Which reading of what the paper does not state comes nearest to its Table 1 (docs/what-would-it-take.md).
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { loadUcr } from '@facet/data/node'
import { meanPredictorError, pca } from '@facet/models'
import type { Tensor } from '@facet/tensor'
import { startEngine } from '../packages/lab/src/engine.ts'
import { type ModelName, models } from '../packages/lab/src/objectives.ts'
import { loadSet } from '../packages/lab/src/sets/data-sets.ts'
import { setFiles } from '../packages/lab/src/sets/set-folder.ts'
import { paperRow } from '../packages/lab/src/studies/paper-table/printed.ts'
import { validationShare } from '../packages/lab/src/studies/paper-table/settings.ts'
import { resumableLog } from './resumable-log.ts'
import {
  type Compared,
  compared,
  factorOff,
  firstEpochBelow,
  nearestFirst,
} from './what-would-it-take/compare.ts'
import { drawReadings } from './what-would-it-take/draw.ts'
import {
  combinedReadings,
  protocol,
  type Reading,
  single,
  type Training,
} from './what-would-it-take/readings.ts'
import { type Column, type Course, courseOf, errorOf } from './what-would-it-take/train.ts'

const usage = `node --conditions=facet-source --import tsx scripts/what-would-it-take.ts --data FOLDER_OF_UCR_FILES --log FOLDER

  --data FOLDER    the UCR files
  --log FOLDER     trainings, a line each: what is there already is not run again
  --out FOLDER     of what-would-it-take.json and .svg; default: docs/results
  --sets A,B       sets that readings are ranked by; default: CBF,Trace,SyntheticControl
  --beside A,B     sets that are shown and not ranked by; default: Wine
  --runs N         default: 3
  --columns        the paper's four other models as well, by the nearest single reading
  --help           this text
`

const { values: flags } = parseArgs({
  options: {
    data: { type: 'string' },
    log: { type: 'string' },
    out: { type: 'string', default: 'docs/results' },
    sets: { type: 'string', default: 'CBF,Trace,SyntheticControl' },
    beside: { type: 'string', default: 'Wine' },
    runs: { type: 'string', default: '3' },
    columns: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})
if (flags.help) {
  process.stdout.write(usage)
  process.exit(0)
}
const { data, log: logFolder } = flags
if (data === undefined || logFolder === undefined)
  throw new Error(
    `expected --data and --log, got ${data ?? 'no --data'} and ${logFolder ?? 'no --log'}\n\n${usage}`,
  )

const seed = 0
const ranked = flags.sets.split(',')
const sets = [...ranked, ...flags.beside.split(',').filter(Boolean)]
const runs = Array.from({ length: Number(flags.runs) }, (_, run) => run)
const build = await startEngine()
const log = resumableLog<Course>(logFolder, 'courses')
const plain: Column = { model: 'ae', value: null }

const loaded = new Map<string, Awaited<ReturnType<typeof loadSet>>>()
for (const set of sets) loaded.set(set, await loadSet(set, { data, seed, samples: null }))

/** Fields of a training that differ from the protocol's, as a line's name has them. */
const differences = (training: Training): string =>
  Object.entries(training)
    .filter(([field, value]) => protocol.training[field as keyof Training] !== value)
    .map(([field, value]) => `${field} ${value}`)
    .join(', ')

async function coursesOf(set: string, training: Training, column = plain): Promise<Course[]> {
  const courses: Course[] = []
  for (const run of runs)
    courses.push(
      await log.run([set, column.model, column.value, differences(training), run].join(' · '), () =>
        courseOf(loaded.get(set)!, training, column, { run, seed, epochs: protocol.epochs }),
      ),
    )
  return courses
}

const paperOf = (set: string, model: ModelName) => paperRow(set)[model]!

async function onSet(set: string, reading: Reading, column = plain): Promise<Compared> {
  const courses = await coursesOf(set, reading.training, column)
  return compared(
    courses.map((course) => errorOf(reading, course)),
    paperOf(set, column.model),
  )
}

async function onSets(group: string, reading: Reading, shown: readonly string[]): Promise<Result> {
  const results: Record<string, Compared> = {}
  for (const set of shown) results[set] = await onSet(set, reading)
  return { group, name: reading.name, factor: factorOff(ranked.map((set) => results[set])), results, reading }
}

/** A reading on several sets, and by what factor it is off on those that are ranked by. */
interface Result {
  readonly group: string
  readonly name: string
  readonly factor: number
  readonly results: Readonly<Record<string, Compared>>
  readonly reading: Reading
}

/** Means, deviations and squares of what the files have, whatever is done to them. */
async function factsOf(set: string) {
  const { train, test } = loaded.get(set)!
  const raw = await loadUcr(setFiles(data!, set).folder!, set, { normalisation: 'none', dtype: 'float64' })
  const rows = [raw.train, raw.test].flatMap((part) => part.toArray() as number[][])
  const moments = rows.map((row) => {
    const centre = row.reduce((sum, value) => sum + value, 0) / row.length
    return {
      centre,
      deviation: Math.sqrt(row.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (row.length - 1)),
    }
  })
  const meanOf = (x: Tensor, of: (value: number) => number): number =>
    (x.toArray() as number[][]).flat().reduce((sum, value) => sum + of(value), 0) / x.size
  return {
    train: train.shape[0],
    test: test.shape[0],
    length: train.shape[1],
    largestMeanInFiles: Math.max(...moments.map(({ centre }) => Math.abs(centre))),
    largestDeviationFromOneInFiles: Math.max(...moments.map(({ deviation }) => Math.abs(deviation - 1))),
    meanPredictor: 100 * meanPredictorError(train, test),
    zero: 100 * meanOf(test, (value) => value ** 2),
    /** What no output that is 0 or above can reconstruct. */
    negativePart: 100 * meanOf(test, (value) => Math.min(value, 0) ** 2),
    /** What no output in [−1, 1] can. */
    outsideOne: 100 * meanOf(test, (value) => Math.max(Math.abs(value) - 1, 0) ** 2),
    pca1: 100 * pca(train, 1).error(test),
    pca10: 100 * pca(train, 10).error(test),
  }
}

const facts = Object.fromEntries(
  await Promise.all(sets.map(async (set) => [set, await factsOf(set)] as const)),
)

const singles: Result[] = []
for (const [group, readings] of Object.entries(single))
  for (const reading of readings) singles.push(await onSets(group, reading, sets))
const combined: Result[] = []
for (const reading of combinedReadings) combined.push(await onSets('combined', reading, ranked))

/** After how many epochs and steps the protocol's mean test error first is at most the paper's. */
const reached = Object.fromEntries(
  await Promise.all(
    sets.map(async (set) => {
      const courses = await coursesOf(set, protocol.training)
      const epoch = firstEpochBelow(
        courses.map(({ meanSquare }) => meanSquare),
        paperOf(set, 'ae').mean,
      )
      const perEpoch = Math.ceil((loaded.get(set)!.train.shape[0] * (1 - validationShare)) / 16)
      return [set, { epoch, steps: epoch === null ? null : epoch * perEpoch }] as const
    }),
  ),
)

const nearestSingle = nearestFirst(singles)
const nearest = nearestFirst(combined)

/** The paper's five models, λ and σ as `facet reproduce` has them. */
const columns: readonly Column[] = [
  plain,
  { model: 'denoising', value: 0.1 },
  { model: 'higherOrderContractive', value: 0.01 },
  { model: 'lieGroupFirstOrder', value: 0.01 },
  { model: 'lieGroupSecondOrder', value: 0.01 },
]
const fiveModels = []
const { reading: nearestReading } = nearestSingle[0]
for (const column of flags.columns ? columns : [plain]) {
  const results: Record<string, Compared> = {}
  for (const set of ranked) results[set] = await onSet(set, nearestReading, column)
  fiveModels.push({ reading: nearestReading.name, model: column.model, value: column.value, results })
}

const rounded = (value: unknown): unknown =>
  typeof value === 'number' ? Number(value.toPrecision(5)) : value
const withoutReading = ({ reading: _, ...rest }: Result) => rest
const summary = {
  build,
  seed,
  runs: runs.length,
  ranked,
  protocol,
  paper: Object.fromEntries(sets.map((set) => [set, paperOf(set, 'ae')])),
  facts,
  singles: singles.map(withoutReading),
  combinations: combined.length,
  nearest: nearest.slice(0, 10).map(withoutReading),
  reached,
  fiveModels,
}
writeFileSync(
  join(flags.out, 'what-would-it-take.json'),
  `${JSON.stringify(summary, (_, value) => rounded(value), 1)}\n`,
)
const command =
  'node --conditions=facet-source --import tsx scripts/what-would-it-take.ts --data <UCR folder> --log <folder>'
writeFileSync(
  join(flags.out, 'what-would-it-take.svg'),
  drawReadings({
    panels: sets.map((set) => ({ set, paper: paperOf(set, 'ae'), meanPredictor: facts[set].meanPredictor })),
    readings: singles,
    command,
    seed,
  }),
)

const cell = ({ mean, std, percent, deviations }: Compared): string =>
  `${mean.toFixed(2)} ± ${std.toFixed(2)} (${percent > 0 ? '+' : ''}${percent.toFixed(0)} %, ${deviations > 0 ? '+' : ''}${deviations.toFixed(0)} σ)`
const row = (words: readonly string[]): string => `| ${words.join(' | ')} |`
const lines = (all: readonly Result[], shown: readonly string[]): string[] =>
  all.map(({ name, factor, results }) =>
    row([name, ...shown.map((set) => cell(results[set])), factor.toFixed(2)]),
  )
const head = (shown: readonly string[]): string[] => [
  row(['reading', ...shown, 'off by']),
  row(['---', ...shown.map(() => '---:'), '---:']),
]
const paperLine = row([
  'the paper',
  ...sets.map((set) => `${paperOf(set, 'ae').mean} ± ${paperOf(set, 'ae').std}`),
  '',
])
console.log([...head(sets), paperLine, ...lines(singles, sets)].join('\n'))
console.log(`\nnearest single: ${nearestSingle[0].name}\n`)
console.log([...head(ranked), ...lines(nearest.slice(0, 10), ranked)].join('\n'))
console.log('')
for (const { reading, model, results } of fiveModels)
  console.log(row([reading, models[model].title, ...ranked.map((set) => cell(results[set]))]))
console.log(JSON.stringify({ facts, reached }, (_, value) => rounded(value), 1))
