import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Command, CommanderError } from 'commander'
import { confirmed, inOwnProcess } from './confirm.ts'
import { before } from './contenders/before.ts'
import type { Contender, Session } from './contenders/contender.ts'
import { contenders } from './contenders/table.ts'
import type { RoundOptions } from './harness/rounds.ts'
import { ordinary, quick, settingsOf } from './options.ts'
import { suiteChart } from './report/chart.ts'
import { notCompared } from './report/comparison.ts'
import { threeDigits } from './report/format.ts'
import { thisMachine } from './report/machine.ts'
import { absentLine, suiteMarkdown } from './report/markdown.ts'
import { publish } from './report/publish.ts'
import type { CaseResult, SuiteResult } from './report/results.ts'
import { closeField, type Field, openField, runCase } from './run-suite.ts'
import { measuredSuites } from './suites/measured.ts'
import { suites } from './suites/table.ts'

const root = fileURLToPath(new URL('../', import.meta.url))
const timedNames = suites.map(({ name }) => name)
const suiteNames = [...timedNames, ...measuredSuites.map(({ name }) => name)]

interface Options {
  readonly quick?: boolean
  readonly list?: boolean
  readonly json?: boolean
  readonly publish?: boolean
  readonly out?: string
  readonly contenders?: string
  readonly cases?: string
  readonly rounds?: string
  readonly against?: string
  readonly maxLoss?: string
  readonly counted?: string
}

/** Where the command writes; stdout holds tables or JSON alone. */
export interface Io {
  out(text: string): void
  err(text: string): void
}

class UsageError extends Error {}

/** Runs the command. @returns the exit code: 0, 1 where a suite could not run or `--max-loss` is exceeded, 2 for wrong use. */
export async function main(args: readonly string[], io: Io): Promise<number> {
  const command = new Command('bench')
    .description('Side-by-side timings of Facet and its peers, as ratios in interleaved rounds.')
    .argument('[suites...]', `${suiteNames.join(', ')} (default: all)`)
    .option('--quick', 'small cases, few rounds: to see that everything runs, in seconds')
    .option('--list', 'suites, cases and contenders, and nothing else')
    .option(
      '--contenders <names>',
      'only these, separated by commas; ratios are relative to the first that runs',
    )
    .option('--cases <text>', 'only cases whose name contains this')
    .option(
      '--rounds <count>',
      `interleaved rounds (default: ${ordinary.rounds}; affine ${settingsOf.affine.rounds})`,
    )
    .option(
      '--against <folder>',
      "another checkout of Facet, installed: its build in the same rounds as this one's, and nobody else unless named",
    )
    .option(
      '--max-loss <percent>',
      'with --against: exit with 1 where a case is slower by more than this beyond noise, here and in two other processes; 3 or 3%',
    )
    .option(
      '--counted <file>',
      'a network whose regions others have counted, of the golden kind partition_*, for geometry',
    )
    .option('--out <folder>', 'where results go (default: results, with --against results/against)')
    .option('--json', 'print JSON in place of tables')
    .option(
      '--publish',
      'afterwards write docs/results/bench.md and its charts from all results in the folder',
    )
    .configureOutput({ writeOut: io.out, writeErr: io.err })
    .exitOverride()
  try {
    command.parse([...args], { from: 'user' })
    return await run(command.args, command.opts<Options>(), io)
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    io.err(`bench: ${(error as Error).message}\n`)
    return error instanceof UsageError ? 2 : 1
  }
}

async function run(names: readonly string[], options: Options, io: Io): Promise<number> {
  const possible = options.against === undefined ? suiteNames : timedNames
  const wanted = chosen('suite', names, possible, possible)
  const maxLoss = maxLossOf(options)
  const taking = contendersOf(options)
  if (options.publish && options.against !== undefined) {
    throw new UsageError('--publish: expected no --against: tables of two checkouts are not published')
  }
  const out = options.out ?? join(root, options.against === undefined ? 'results' : 'results/against')
  if (options.list) {
    io.out(listing())
    return 0
  }
  const plan = planOf(options)
  const field = wanted.some((name) => timedNames.includes(name))
    ? await openField(taking)
    : { open: [], absent: [] }
  const results: SuiteResult[] = []
  try {
    for (const omission of field.absent) io.err(`${absentLine(omission)}\n`)
    for (const name of wanted) {
      const result = await runSuite(name, field, plan, { ...options, out }, io)
      if (result === null) continue
      results.push(result)
      if (!options.json) io.out(`${suiteMarkdown(result)}\n\n`)
    }
  } finally {
    await closeField(field)
  }
  if (options.json) io.out(`${JSON.stringify(results, null, 1)}\n`)
  if (results.length === 0) throw new UsageError(`no case contains '${options.cases}'`)
  if (options.publish) {
    const folder = join(root, '../docs/results')
    io.err(`wrote ${await publish(await readAll(out), folder)}\n`)
  }
  if (maxLoss === null) return 0
  const flags = ['--against', options.against!]
  if (options.rounds !== undefined) flags.push('--rounds', options.rounds)
  if (options.quick) flags.push('--quick')
  const slower = []
  for (const result of results) slower.push(...(await confirmed(result, maxLoss, inOwnProcess(flags))))
  for (const { name, ratio } of slower) {
    const interval = `${threeDigits(ratio.value)} [${threeDigits(ratio.low)}, ${threeDigits(ratio.high)}]`
    io.err(`bench: slower by more than ${options.maxLoss}: ${name}, this ÷ before ${interval}\n`)
  }
  const missing = results.flatMap(notCompared)
  for (const { name, omitted } of missing) {
    const reasons = omitted.map(({ entry, reason }) => `${entry}: ${reason}`).join('; ')
    io.err(`bench: not compared: ${name} (${reasons})\n`)
  }
  return slower.length + missing.length === 0 ? 0 : 1
}

/** As a share; `null` where nothing is asked. */
function maxLossOf({ maxLoss, against }: Options): number | null {
  if (maxLoss === undefined) return null
  if (against === undefined) throw new UsageError('--max-loss: expected --against as well')
  const percent = Number(maxLoss.replace(/%$/, '') || Number.NaN)
  if (!(Number.isFinite(percent) && percent >= 0)) {
    throw new UsageError(`--max-loss: expected a percentage of at least 0, got '${maxLoss}'`)
  }
  return percent / 100
}

/** Who takes part. Another checkout is timed beside our default alone, unless others are named. */
function contendersOf({ contenders: list, against }: Options): readonly Contender[] {
  const known = contenders.map(({ name }) => name)
  const named = chosen('contender', list?.split(',') ?? [], known, against === undefined ? known : ['wasm'])
  const taking = contenders.filter(({ name }) => named.includes(name))
  return against === undefined ? taking : [...taking, before(against)]
}

interface Plan {
  readonly command: string
  settings(suite: string): RoundOptions
}

function planOf({ quick: isQuick, rounds, contenders: named, cases, against }: Options): Plan {
  const asked = rounds === undefined ? undefined : Number(rounds)
  if (asked !== undefined && !(Number.isInteger(asked) && asked >= 1)) {
    throw new UsageError(`--rounds: expected a whole number of at least 1, got '${rounds}'`)
  }
  const flags = [
    isQuick ? ' --quick' : '',
    named === undefined ? '' : ` --contenders ${named}`,
    cases === undefined ? '' : ` --cases '${cases}'`,
    rounds === undefined ? '' : ` --rounds ${rounds}`,
    // Of the folder its name: where it lies is nobody's business.
    against === undefined ? '' : ` --against ${basename(against)}`,
  ]
  return {
    command: flags.join(''),
    settings(suite) {
      const usual = isQuick ? quick : (settingsOf[suite] ?? ordinary)
      // Two checkouts differ by less than code that is not yet compiled does from code that is.
      const warmUpSeconds = against === undefined || isQuick ? usual.warmUpSeconds : 1
      return { ...usual, warmUpSeconds, rounds: asked ?? usual.rounds }
    },
  }
}

type RunOptions = Options & { readonly out: string }

/** @returns `null` where no case is asked for. */
async function runSuite(
  name: string,
  field: Field,
  plan: Plan,
  { quick: isQuick = false, cases: containing = '', counted, out }: RunOptions,
  io: Io,
): Promise<SuiteResult | null> {
  const settings = plan.settings(name)
  const { rounds, blockSeconds } = settings
  const machine = thisMachine()
  const common = { suite: name, machine, command: `pnpm bench ${name}${plan.command}` }
  const measured = measuredSuites.find((candidate) => candidate.name === name)
  if (measured !== undefined) {
    const begun = performance.now()
    const onCase = (done: string) => io.err(`${name}: ${done}\n`)
    const found = await measured.measure(isQuick, containing, onCase, { counted: counted ?? null })
    if (isNothing(found)) return null
    io.err(`${name} (${((performance.now() - begun) / 1000).toFixed(1)} s)\n`)
    const nobody = { rounds: 0, blockSeconds: 0, versions: {}, vectors: {}, notes: [], own: [], cases: [] }
    const result = { ...common, ...nobody, description: measured.description, ...found }
    await write(out, result)
    return result
  }
  const suite = suites.find((candidate) => candidate.name === name)!
  const wanted = suite.cases(isQuick).filter((candidate) => candidate.name.includes(containing))
  if (wanted.length === 0) return null
  const cases: CaseResult[] = []
  const { description } = suite
  const ofSessions = (value: (session: Session) => string) =>
    Object.fromEntries(field.open.map(({ contender, session }) => [contender.name, value(session)]))
  const result: SuiteResult = {
    ...common,
    description,
    rounds,
    blockSeconds,
    versions: ofSessions(({ version }) => version),
    vectors: ofSessions(({ vectors }) => vectors),
    notes: [...new Set(field.open.flatMap(({ session }) => session.notes ?? []))],
    own: field.open.filter(({ contender }) => contender.own).map(({ contender }) => contender.name),
    cases,
  }
  for (const [i, candidate] of wanted.entries()) {
    const started = performance.now()
    cases.push(await runCase(field, candidate, { ...settings, seed: `${name} ${candidate.name}` }))
    // After every case: whoever stops a run keeps what it has found.
    await write(out, result)
    const seconds = ((performance.now() - started) / 1000).toFixed(1)
    io.err(`${name} ${i + 1}/${wanted.length}: ${candidate.name} (${seconds} s)\n`)
  }
  return result
}

const isNothing = ({ memory, lasting, geometry }: Pick<SuiteResult, 'memory' | 'lasting' | 'geometry'>) =>
  (memory ?? lasting ?? geometry?.rows)?.length === 0 && (geometry?.processes.length ?? 0) === 0

async function write(folder: string, result: SuiteResult): Promise<void> {
  await mkdir(folder, { recursive: true })
  const file = (extension: string) => join(folder, `${result.suite}.${extension}`)
  await writeFile(file('json'), `${JSON.stringify(result, null, 1)}\n`)
  await writeFile(file('md'), `${suiteMarkdown(result)}\n`)
  if (result.cases.length > 0) await writeFile(file('svg'), suiteChart(result))
}

/** Results of all suites in a folder, in the order of suites. */
async function readAll(folder: string): Promise<SuiteResult[]> {
  const present = await readdir(folder)
  const files = suiteNames.map((name) => `${name}.json`).filter((file) => present.includes(file))
  return Promise.all(
    files.map(async (file) => JSON.parse(await readFile(join(folder, file), 'utf8')) as SuiteResult),
  )
}

function chosen(
  what: string,
  names: readonly string[],
  known: readonly string[],
  usual: readonly string[],
): readonly string[] {
  const unknown = names.find((name) => !known.includes(name))
  if (unknown !== undefined) {
    throw new UsageError(`unknown ${what} '${unknown}'; expected ${known.join(', ')}`)
  }
  return names.length === 0 ? usual : known.filter((name) => names.includes(name))
}

function listing(): string {
  const ofSuites = suites.map(({ name, description, cases }) => {
    const all = cases(false).map((candidate) => `  ${candidate.name}`)
    return [`${name}: ${description}`, ...all].join('\n')
  })
  const ofContenders = contenders.map(({ name, title }) => `  ${name.padEnd(14)}${title}`)
  return `${[...ofSuites, ...measuredSuites.map(({ name, description }) => `${name}: ${description}`), ['contenders', ...ofContenders].join('\n')].join('\n')}\n`
}
