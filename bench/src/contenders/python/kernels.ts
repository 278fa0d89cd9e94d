import { execFileSync } from 'node:child_process'
import { dirname } from 'node:path'
import { deviation } from '../../harness/check.ts'
import { timeInRounds } from '../../harness/rounds.ts'
import { processorFlags } from '../../report/flags.ts'
import { rowOf } from '../../work/table.ts'
import type { Arrays, Work } from '../../work/work.ts'
import { type Prepared, Skip } from '../contender.ts'
import { kernelVariables, type PythonSession, startPython } from './peer.ts'

/** One way of starting Python. */
export interface Candidate {
  readonly label: string
  readonly environment: Readonly<Record<string, string>>
}

const avx2 = ['avx2', 'fma']
const avx512 = [...avx2, 'avx512f', 'avx512bw', 'avx512dq', 'avx512vl', 'avx512cd']

interface CoreType {
  /** Flags without which it ends in an illegal instruction. */
  readonly needs: readonly string[]
  /** Flags with which it is not worth a trial: others are twice as fast or more. */
  readonly unless?: readonly string[]
}

/** OpenBLAS's kernels for x86. */
const coreTypes: Readonly<Record<string, CoreType>> = {
  Nehalem: { needs: ['sse4_2'], unless: ['avx'] },
  Sandybridge: { needs: ['avx'], unless: avx2 },
  Haswell: { needs: avx2 },
  Zen: { needs: avx2 },
  SkylakeX: { needs: avx512 },
  Cooperlake: { needs: [...avx512, 'avx512_bf16'] },
  Sapphirerapids: { needs: [...avx512, 'avx512_bf16', 'amx_bf16'] },
}

/**
 * What can be tried here: what the library picks by itself, every kernel that the flags permit, and what the variables of
 * this process ask for; each on every BLAS that Debian's alternatives have.
 */
export function blasCandidates(
  flags: ReadonlySet<string>,
  libraries: readonly string[],
  variables: Readonly<Record<string, string | undefined>>,
): Candidate[] {
  const all = (wanted: readonly string[]) => wanted.every((flag) => flags.has(flag))
  const permitted = Object.keys(coreTypes).filter((core) => {
    const { needs, unless } = coreTypes[core]
    return all(needs) && !(unless && all(unless))
  })
  const asked = Object.fromEntries(
    kernelVariables.flatMap((name) => (variables[name] ? [[name, variables[name]]] : [])),
  )
  const cores: Candidate[] = [
    { label: 'by itself', environment: {} },
    ...permitted.map((core) => ({ label: core, environment: { OPENBLAS_CORETYPE: core } })),
    ...(Object.keys(asked).length > 0 ? [{ label: 'as set outside', environment: asked }] : []),
  ]
  if (libraries.length < 2) return cores
  return libraries.flatMap((library) => {
    const folder = dirname(library)
    const ways = folder.includes('openblas') ? cores : cores.slice(0, 1)
    return ways.map(({ label, environment }) => ({
      label: `${folder.split('/').at(-1)}, ${label}`,
      environment: { ...environment, LD_LIBRARY_PATH: folder },
    }))
  })
}

/** Files that Debian's alternatives offer as BLAS; none elsewhere. */
function installedBlas(): string[] {
  const triple = { x64: 'x86_64-linux-gnu', arm64: 'aarch64-linux-gnu' }[process.arch as string]
  try {
    const list = execFileSync('update-alternatives', ['--list', `libblas.so.3-${triple}`], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    return list.split('\n').filter((line) => line !== '')
  } catch {
    return []
  }
}

/** Timed: a square product, and one of a batch of 16. */
const timed: readonly Work[] = [
  { kind: 'matmul', m: 512, k: 512, n: 512, layout: 'nn' },
  { kind: 'matmul', m: 16, k: 784, n: 512, layout: 'nn' },
]
/** Held against float64 only: edges of tiles, and transposed operands. */
const checkedProducts: readonly Work[] = [
  ...timed,
  { kind: 'matmul', m: 67, k: 131, n: 45, layout: 'tn' },
  { kind: 'matmul', m: 67, k: 131, n: 45, layout: 'nt' },
]

/** A plain step, most of which is not products: what the width of PyTorch's own loops decides. */
const timedSteps: readonly Work[] = [
  {
    kind: 'step',
    objective: 'ae',
    input: 512,
    encoderHidden: [64, 64],
    bottleneck: 10,
    decoderHidden: [64, 64, 64],
    batch: 16,
  },
]

const trial = { rounds: 15, blockSeconds: 0.01, warmUpSeconds: 0.03, seed: 'kernels' }

/** What a trial ended with. */
export interface Choice {
  readonly environment: Readonly<Record<string, string>>
  /** For the versions: what was tried, how much slower, what was discarded. */
  readonly note: string
}

/** What one candidate came to. */
interface Runner {
  readonly label: string
  readonly environment: Candidate['environment']
  readonly session: PythonSession
}

const nameOf = ({ kernels: { blas, loops } }: PythonSession) => `${blas?.library} ${blas?.core} ${loops}`

/**
 * Starts every candidate, discards who dies, who is wrong against float64 and who is one that is there already, times the rest
 * in interleaved rounds, and takes the fastest by the geometric mean over all work.
 *
 * @param named what a candidate is called once it runs
 * @throws Skip where none runs.
 */
export async function fastest(
  library: string,
  candidates: readonly Candidate[],
  checked: readonly Work[],
  works: readonly Work[],
  named: (session: PythonSession) => string,
): Promise<Choice> {
  const runners: Runner[] = []
  const discarded: string[] = []
  let firstReason: Error | undefined
  try {
    for (const { label, environment } of candidates) {
      let session: PythonSession | undefined
      try {
        session = await startPython(library, 1, environment)
        if (runners.some((other) => nameOf(other.session) === nameOf(session!))) {
          await session.close()
          continue
        }
        for (const work of checked) await check(session, await given(work))
        runners.push({ label, environment, session })
      } catch (error) {
        firstReason ??= error as Error
        discarded.push(`${label} discarded: ${(error as Error).message}`)
        await session?.close()
      }
    }
    if (runners.length === 0)
      throw firstReason instanceof Skip ? firstReason : new Skip(`${firstReason?.message}`)
    const scores = await score(runners, works)
    const least = Math.min(...scores)
    const order = runners.map((_, i) => i).sort((a, b) => scores[a] - scores[b])
    const tried = order.map((i) => `${named(runners[i].session)} ${(scores[i] / least).toFixed(2)}`)
    const [{ label: firstLabel, session: firstSession }] = runners
    const usual = firstLabel === candidates[0].label ? [`${firstLabel} ${named(firstSession)}`] : []
    const note = [...usual, `relative time: ${tried.join(', ')}`, ...discarded].join('; ')
    return { environment: runners[order[0]].environment, note }
  } finally {
    for (const { session } of runners) await session.close()
  }
}

/** Work with its operands and its result in float64, made once for all candidates. */
interface Given {
  readonly work: Work
  readonly inputs: Arrays
  readonly expected: Float64Array
}

const made = new Map<Work, Promise<Given>>()

/** Called one after the other: the reference backend that makes a step's numbers is active while it does. */
function given(work: Work): Promise<Given> {
  const make = async () => {
    const inputs = await rowOf(work).inputs(work)
    return { work, inputs, expected: await rowOf(work).expected(work) }
  }
  const known = made.get(work) ?? make()
  made.set(work, known)
  return known
}

async function prepared(session: PythonSession, { work, inputs }: Given): Promise<Prepared> {
  const does = session.prepare[work.kind] as (work: Work, inputs: Arrays) => Promise<Prepared>
  return does(work, inputs)
}

async function check(session: PythonSession, wanted: Given): Promise<void> {
  const { entries, release } = await prepared(session, wanted)
  const { tolerance, groups } = rowOf(wanted.work)
  const wrong = deviation(await entries[0].result(), wanted.expected, tolerance, groups?.(wanted.work))
  if (wrong !== null) throw new Error(`wrong: ${wrong.message}`)
  await release()
}

/** Geometric mean over works of each runner's least time: on a busy machine medians are of the others' work. */
async function score(runners: readonly Runner[], works: readonly Work[]): Promise<number[]> {
  const logs = runners.map(() => 0)
  for (const work of runners.length === 1 ? [] : works) {
    const ready: Prepared[] = []
    const wanted = await given(work)
    for (const { session } of runners) ready.push(await prepared(session, wanted))
    const seconds = await timeInRounds(
      ready.map(({ entries }) => entries[0]),
      trial,
    )
    seconds.forEach((own, i) => {
      logs[i] += Math.log(Math.min(...own.filter((s) => s !== undefined))) / works.length
    })
    for (const { release } of ready) await release()
  }
  return logs.map(Math.exp)
}

/** Variables to start with, and how they were found. */
export interface Settled {
  readonly environment: Choice['environment']
  readonly notes: readonly string[]
}

let blasChoice: Promise<Settled> | undefined
let loopsChoice: Promise<Settled> | undefined

/** Once a run, by NumPy, whose start takes a tenth of PyTorch's; both run on the same BLAS. */
const chooseBlas = () =>
  (blasChoice ??= fastest(
    'with_numpy',
    blasCandidates(processorFlags(), installedBlas(), process.env),
    checkedProducts,
    timed,
    ({ kernels: { blas } }) => `${blas?.core ?? blas?.name}`,
  ).then(({ environment, note }) => ({ environment, notes: [`BLAS: ${note}`] })))

/** PyTorch keeps to AVX2 in its own loops unless it is asked to use AVX-512, which is slower on some processors. */
export const torchKernels = (): Promise<Settled> =>
  (loopsChoice ??= chooseBlas().then(async ({ environment, notes }) => {
    const wide = avx512.every((flag) => processorFlags().has(flag))
    const capabilities = wide ? ['default', 'avx512'] : ['default']
    const candidates = capabilities.map((capability) => ({
      label: capability === 'default' ? 'by itself' : capability,
      environment:
        capability === 'default' ? environment : { ...environment, ATEN_CPU_CAPABILITY: capability },
    }))
    if (candidates.length === 1) return { environment, notes }
    const found = await fastest(
      'with_torch',
      candidates,
      timedSteps,
      timedSteps,
      ({ kernels: { loops } }) => `${loops} bit`,
    )
    return { environment: found.environment, notes: [...notes, `PyTorch's loops: ${found.note}`] }
  }))

/**
 * A Python library on the best kernels that this machine permits.
 *
 * @throws Skip where Python or the library is missing, or its BLAS does not take the threads.
 */
export async function openPython(
  library: 'with_numpy' | 'with_torch',
  threads: number,
): Promise<PythonSession> {
  const { environment, notes } = await (library === 'with_torch' ? torchKernels() : chooseBlas())
  const session = await startPython(library, threads, environment)
  const { blas } = session.kernels
  if (blas?.threads !== null && blas !== null && blas.threads !== threads) {
    await session.close()
    throw new Skip(`expected ${blas.name} to run on ${threads} threads, got ${blas.threads}`)
  }
  const kernel =
    blas === null ? 'no BLAS' : `${blas.name}${blas.core === null ? '' : `, kernel ${blas.core}`}`
  return { ...session, version: `${session.version}, ${kernel}`, notes }
}
