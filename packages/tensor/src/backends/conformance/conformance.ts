import { arrayTypes, type DType } from '../../dtype.ts'
import { type InitOptions, init } from '../../init.ts'
import type { OpName } from '../../op-table.ts'
import { opTable } from '../../op-table.ts'
import { formatShape } from '../../shape.ts'
import type { Case } from '../../testing/case.ts'
import { cases } from '../../testing/cases/index.ts'
import { withoutSubnormals } from '../../testing/values.ts'
import { check } from './check.ts'
import { evaluate, expectSameBits } from './evaluate.ts'
import { isTried } from './is-tried.ts'
import { tolerances as ordinary, type Tolerances } from './tolerances.ts'
import { updateConformance } from './updates/update-conformance.ts'

/** A test of the longest op takes 1 s on an idle machine. */
const TIMEOUT_MS = 60_000

/** What the suite needs of a test runner. */
export interface Harness {
  describe(name: string, body: () => void): void
  it: ((name: string, body: () => Promise<void>, timeout: number) => void) & {
    skip(name: string, body: () => void): void
  }
}

export interface ConformanceOptions {
  /** What the backend computes in. */
  readonly dtypes: readonly DType[]
  /** Where the backend cannot do what {@link ordinary} asks for. */
  readonly tolerances?: Partial<Tolerances>
  /** Reasons by op (`expm`), by op and dtype (`expm float64`) or by dtype; they stand in the tests' names. */
  readonly skips?: Readonly<Record<string, string>>
  /** How the backend is chosen, beside its name. */
  readonly init?: Omit<InitOptions, 'backend'>
  /** Which part of the cases is tried, above 0: all of them where a device is quick. Default 1. */
  readonly share?: number
  /** Whether numbers between 0 and the smallest normal one are kept; where not, no case has any. Default true. */
  readonly keepsSubnormals?: boolean
  /** Milliseconds that a test may take. Default 60,000. */
  readonly timeout?: number
  /** These tests alone, by op or update. */
  readonly only?: readonly string[]
}

const allDTypes = Object.keys(arrayTypes) as DType[]

/** Whether the op's row takes a dtype as that of its main input. */
function admits<N extends OpName>(op: N, dtype: DType): boolean {
  for (const { inputs, params } of cases[op].calls(dtype)) {
    try {
      opTable[op].outputs(op, inputs, params)
      return true
    } catch (error) {
      if (error instanceof TypeError || (error as Error).message.includes(dtype)) return false
      throw error
    }
  }
  throw new Error(`conformance: ${op} has no cases for ${dtype}`)
}

const describeCall = <N extends OpName>({ inputs, params }: Case<N>): string =>
  `of ${inputs.map(({ shape, dtype }) => `${formatShape(shape)} ${dtype}`).join(', ')} with ${JSON.stringify(params)}`

async function runCases<N extends OpName>(
  op: N,
  dtype: DType,
  tolerances: Tolerances,
  { dtypes, share = 1, keepsSubnormals = true }: ConformanceOptions,
): Promise<void> {
  let index = 0
  for (const given of cases[op].calls(dtype)) {
    index++
    if (!isTried(index, share)) continue
    const c = keepsSubnormals ? given : { ...given, inputs: given.inputs.map(withoutSubnormals) }
    try {
      const specs = opTable[op].outputs(op, c.inputs, c.params)
      if (specs.some((spec) => !dtypes.includes(spec.dtype))) continue
      const results = await evaluate(op, c, 0)
      expectSameBits(results, await evaluate(op, c, 1 + (index % 3)))
      const problem = check(op, c, specs[0].dtype, results, tolerances[op])
      if (problem !== undefined) throw new Error(problem)
    } catch (error) {
      throw new Error(`${op}, case ${index} ${describeCall(c)}: ${(error as Error).message}`)
    }
  }
}

/**
 * Holds every op of a backend against `reference` in float64, for every dtype its row admits: results, the same bits on a second
 * run with inputs that lie elsewhere, inputs left as they are, nothing of what stood in memory before.
 *
 * @param harness `describe` and `it` of the test runner
 */
export function conformance(backend: string, options: ConformanceOptions, harness: Harness): void {
  const { dtypes, skips = {} } = options
  const tolerances: Tolerances = { ...ordinary, ...options.tolerances }
  const reasonFor = (op: string, dtype: DType): string | undefined =>
    skips[`${op} ${dtype}`] ??
    skips[op] ??
    skips[dtype] ??
    (dtypes.includes(dtype) ? undefined : `'${backend}' has no ${dtype}`)
  const test = (name: string, dtype: DType, body: () => Promise<void>): void => {
    if (options.only?.includes(name) === false) return
    const reason = reasonFor(name, dtype)
    if (reason !== undefined) {
      harness.it.skip(`${name} ${dtype}: skipped: ${reason}`, () => {})
      return
    }
    harness.it(
      `${name} ${dtype}`,
      async () => {
        await init({ ...options.init, backend })
        await body()
      },
      options.timeout ?? TIMEOUT_MS,
    )
  }
  harness.describe(`'${backend}' computes what 'reference' does in float64`, () => {
    for (const op of Object.keys(cases) as OpName[]) {
      for (const dtype of allDTypes) {
        if (admits(op, dtype)) test(op, dtype, () => runCases(op, dtype, tolerances, options))
      }
    }
    updateConformance(test, options.share)
  })
}
