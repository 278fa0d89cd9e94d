import type { Machine } from './machine.ts'

/** One contender's way of doing one case. */
export interface Timing {
  /** `wasm`, `jax-js jit`: the contender and, where it has several, its way. */
  readonly entry: string
  readonly title: string
  readonly medianSeconds: number
  /** Seconds a repetition by round; `null` where it sat the round out. */
  readonly seconds: readonly (number | null)[]
  /** Its time over the base's in the same rounds: above 1 the base is faster. `null` for the base itself. */
  readonly ratio: { readonly value: number; readonly low: number; readonly high: number } | null
}

/** Why a contender is not in a case. */
export interface Omission {
  readonly entry: string
  readonly reason: string
}

export interface CaseResult {
  readonly name: string
  /** Whose time is 1 in the ratios. */
  readonly base: string
  readonly timings: readonly Timing[]
  readonly omitted: readonly Omission[]
}

/** Peak of a training run that stands alone, beyond what it must hold. */
export interface MemoryResult {
  readonly name: string
  /** `null` where it could not be measured, for this reason. */
  readonly measured: {
    readonly peakBytes: number
    readonly heldBytes: number
    readonly limitBytes: number
  } | null
  readonly reason?: string
}

/** All that one run of a suite has found: the JSON file. */
export interface SuiteResult {
  readonly suite: string
  readonly description: string
  readonly machine: Machine
  readonly command: string
  readonly rounds: number
  readonly blockSeconds: number
  readonly versions: Readonly<Record<string, string>>
  readonly cases: readonly CaseResult[]
  readonly memory?: readonly MemoryResult[]
}
