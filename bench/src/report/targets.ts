import { median, pairedRatio, type Ratio } from '../harness/statistics.ts'
import { markdownTable, megabytes, threeDigits } from './format.ts'
import { lastingTarget, lastingVerdict } from './lasting.ts'
import type { CaseResult, SuiteResult } from './results.ts'

/** A promise about speed: how many times the time of `ours` the fastest of `against` takes. */
export interface Target {
  readonly title: string
  readonly suite: string
  readonly cases: RegExp
  readonly ours: string
  readonly against: readonly string[]
  readonly atLeast?: number
  /** For prices: the upper end of the interval may not be more. */
  readonly atMost?: number
  /** Which of the cases' ratios counts; default the smallest. */
  readonly statistic?: 'smallest' | 'median'
}

const jax = ['jax-js jit', 'jax-js eager']
const batch16 = /^16×/
const transposed = / (tn|nt)$/

/** What was promised; the measured column comes from results. */
export const targets: readonly Target[] = [
  {
    title: 'matmul nn, all shapes, against jax-js',
    suite: 'matmul',
    cases: / nn$/,
    ours: 'wasm',
    against: jax,
    atLeast: 1.4,
  },
  {
    title: 'matmul nn, all shapes, against TensorFlow.js wasm',
    suite: 'matmul',
    cases: / nn$/,
    ours: 'wasm',
    against: ['tfjs-wasm'],
    atLeast: 1.1,
  },
  {
    title: 'matmul tn and nt against jax-js',
    suite: 'matmul',
    cases: transposed,
    ours: 'wasm',
    against: jax,
    atLeast: 1.4,
  },
  {
    title: 'matmul tn and nt against TensorFlow.js wasm, every shape',
    suite: 'matmul',
    cases: transposed,
    ours: 'wasm',
    against: ['tfjs-wasm'],
    atLeast: 4,
  },
  {
    title: 'matmul tn and nt against TensorFlow.js wasm, median',
    suite: 'matmul',
    cases: transposed,
    ours: 'wasm',
    against: ['tfjs-wasm'],
    atLeast: 8,
    statistic: 'median',
  },
  {
    title: 'batch-16 matmuls against PyTorch, 1 thread',
    suite: 'matmul',
    cases: batch16,
    ours: 'wasm',
    against: ['pytorch-1'],
    atLeast: 0.45,
  },
  {
    title: 'relaxed FMA against plain SIMD',
    suite: 'matmul',
    cases: /./,
    ours: 'wasm',
    against: ['wasm-plain'],
    atLeast: 1.15,
    statistic: 'median',
  },
  {
    title: 'wide autoencoder step against PyTorch, 1 thread',
    suite: 'step',
    cases: /784-512/,
    ours: 'wasm',
    against: ['pytorch-1'],
    atLeast: 1.3,
  },
  {
    title: 'wide autoencoder step against jax-js jit',
    suite: 'step',
    cases: /784-512/,
    ours: 'wasm',
    against: ['jax-js jit'],
    atLeast: 3,
  },
  {
    title: 'wide autoencoder step against TensorFlow.js wasm',
    suite: 'step',
    cases: /784-512/,
    ours: 'wasm',
    against: ['tfjs-wasm'],
    atLeast: 8,
  },
  {
    title: 'first-order step, d = 784 and 1092, against PyTorch, 1 thread',
    suite: 'step',
    cases: /^lieGroupFirstOrder, d = (784|1092)$/,
    ours: 'wasm',
    against: ['pytorch-1'],
    atLeast: 2,
  },
  {
    title: 'second-order step, d = 128 and 512, against PyTorch, 1 thread',
    suite: 'step',
    cases: /^lieGroupSecondOrder, d = (128|512)$/,
    ours: 'wasm',
    against: ['pytorch-1'],
    atLeast: 1.3,
  },
  {
    title: 'tiny step, eager, against PyTorch eager',
    suite: 'overhead',
    cases: /4-8-2-8-4/,
    ours: 'wasm eager',
    against: ['pytorch-1'],
    atLeast: 5,
  },
  {
    title: 'tiny step, replayed, against PyTorch eager',
    suite: 'overhead',
    cases: /4-8-2-8-4/,
    ours: 'wasm',
    against: ['pytorch-1'],
    atLeast: 15,
  },
  {
    title: 'affine with codes against without, upper end of the interval',
    suite: 'affine',
    cases: /./,
    ours: 'wasm without codes',
    against: ['wasm with codes'],
    atMost: 1.05,
  },
  {
    title: '2 threads against 1, first-order step, d = 784',
    suite: 'step',
    cases: /^lieGroupFirstOrder, d = 784$/,
    ours: 'wasm-threads',
    against: ['wasm'],
    atLeast: 1.6,
  },
  {
    title: 'training step of a convolution against TensorFlow.js wasm',
    suite: 'conv',
    cases: /training$/,
    ours: 'wasm',
    against: ['tfjs-wasm'],
    atLeast: 1.2,
  },
  {
    title: 'training step of a convolution against jax-js',
    suite: 'conv',
    cases: /training$/,
    ours: 'wasm',
    against: ['jax-js jit', 'jax-js jit of lax.conv'],
    atLeast: 1.5,
  },
]

/** The ratio of one case; `null` where one of the two is not in it. */
function ratioIn({ timings }: CaseResult, { ours, against }: Target): Ratio | null {
  const own = timings.find(({ entry }) => entry === ours)
  const rivals = timings
    .filter(({ entry }) => against.includes(entry))
    .sort((a, b) => a.medianSeconds - b.medianSeconds)
  if (own === undefined || rivals.length === 0) return null
  const rounds = (seconds: readonly (number | null)[]) => seconds.map((s) => s ?? undefined)
  return pairedRatio(rounds(rivals[0].seconds), rounds(own.seconds))
}

/** The row of one target: what was asked, what was measured, whether it holds. */
export function judge(
  target: Target,
  results: readonly SuiteResult[],
): readonly [string, string, string, string] {
  const { title, suite, cases, atLeast, atMost, statistic = 'smallest' } = target
  const asked = atLeast === undefined ? `≤ ${atMost}` : `≥ ${atLeast}`
  const found = (results.find((result) => result.suite === suite)?.cases ?? [])
    .filter(({ name }) => cases.test(name))
    .flatMap((result) => {
      const ratio = ratioIn(result, target)
      return ratio === null ? [] : [{ name: result.name, ratio }]
    })
  if (found.length === 0) return [title, asked, 'not measured', '']
  if (atMost !== undefined) {
    const worst = found.reduce((a, b) => (b.ratio.high > a.ratio.high ? b : a))
    const measured = `${threeDigits(worst.ratio.value)}, up to ${threeDigits(worst.ratio.high)} (${worst.name})`
    return [title, asked, measured, worst.ratio.high <= atMost ? 'met' : 'missed']
  }
  if (statistic === 'median') {
    const middle = median(found.map(({ ratio }) => ratio.value))
    return [title, asked, threeDigits(middle), middle >= atLeast! ? 'met' : 'missed']
  }
  const least = found.reduce((a, b) => (b.ratio.value < a.ratio.value ? b : a))
  const { value, low, high } = least.ratio
  const measured = `${threeDigits(value)} [${threeDigits(low)}, ${threeDigits(high)}] (${least.name})`
  return [title, asked, measured, value >= atLeast! ? 'met' : 'missed']
}

/** All targets against what has been measured. */
export function targetTable(results: readonly SuiteResult[]): string {
  const memory = (results.find(({ suite }) => suite === 'memory')?.memory ?? []).map(
    ({ name, measured, reason }) => {
      const title = `memory of the first-order step, ${name}`
      if (measured === null) return [title, '', 'not measured', reason ?? '']
      const beyond = measured.peakBytes - measured.heldBytes
      const limit = `≤ ${megabytes(measured.limitBytes)}`
      return [title, limit, megabytes(beyond), beyond <= measured.limitBytes ? 'met' : 'missed']
    },
  )
  const lasting = (results.find(({ suite }) => suite === 'lasting')?.lasting ?? []).map((result) => {
    const { value, low, high } = result.ratio
    const measured = `${threeDigits(value)} [${threeDigits(low)}, ${threeDigits(high)}]`
    const title = `steps per second after ${result.agedSteps} steps, ${result.name}`
    return [title, `≥ ${lastingTarget}`, measured, lastingVerdict(result)]
  })
  return markdownTable(
    ['work', 'asked', 'measured', ''],
    [...targets.map((target) => judge(target, results)), ...memory, ...lasting],
  )
}
