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
  /** Whether it does not do such work at all: nothing failed. */
  readonly skipped?: boolean
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

/** Speed of a training that has gone on for long, against that of its own first steps. */
export interface LastingResult {
  readonly name: string
  /** Steps before it was held against beginners. */
  readonly agedSteps: number
  /** Median seconds a step, of the first steps and of the later ones. */
  readonly firstSeconds: number
  readonly agedSeconds: number
  /** Steps per second then over those of the first steps: below 1 it has slowed down. */
  readonly ratio: { readonly value: number; readonly low: number; readonly high: number }
}

/** Regions of one network that were found and timed. */
export interface GeometryResult {
  readonly kind: 'plane' | 'space' | 'line'
  readonly name: string
  /** Whether a target is about it. */
  readonly isTargeted: boolean
  readonly regions: number
  /** Pairs of neighbours, or edges between them. */
  readonly edges: number | null
  readonly complete: boolean
  /** How signs were decided. */
  readonly verified: string
  /** What the plain splitter finds, by signs of floats. */
  readonly splitter: { readonly regions: number; readonly neighbours: number } | null
  readonly timings: readonly {
    readonly entry: string
    readonly medianSeconds: number
    readonly regionsPerSecond: number
    /** The splitter's time over ours in the same rounds. */
    readonly ratio: { readonly value: number; readonly low: number; readonly high: number } | null
  }[]
}

/** Medians over processes that partition once. */
export interface ProcessResult {
  readonly name: string
  readonly regions: number
  readonly complete: boolean
  /** From the first line to the network, all modules loaded through tsx from their sources. */
  readonly importSeconds: number
  readonly callSeconds: number
  /** Beyond what the process held before the call. */
  readonly peakBytes: number
  readonly structureBytes: number
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
  /** Width of the vector instructions of each contender. */
  readonly vectors: Readonly<Record<string, string>>
  /** How kernels of peers were chosen. */
  readonly notes: readonly string[]
  /** Contenders that are Facet: the others are peers. */
  readonly own: readonly string[]
  readonly cases: readonly CaseResult[]
  readonly memory?: readonly MemoryResult[]
  readonly lasting?: readonly LastingResult[]
  readonly geometry?: {
    readonly rows: readonly GeometryResult[]
    readonly processes: readonly ProcessResult[]
  }
}

/** The contender that another checkout is (`--against`). */
export const beforeName = 'before'

/** The contender that an entry (`jax-js jit`) is a way of. */
export const contenderOf = (entry: string): string => entry.split(' ')[0]
