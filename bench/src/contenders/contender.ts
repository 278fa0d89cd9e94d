import type { Arrays, WorkKind, WorkOf } from '../work/work.ts'

/**
 * How one repetition is timed. `synchronous` has finished when it returns; `deferred` when its promise resolves; `own`
 * runs the loop elsewhere (another process) and says how many seconds the repetitions took.
 */
export type Clock =
  | { readonly kind: 'synchronous'; run(): void }
  | { readonly kind: 'deferred'; run(): Promise<void> }
  | { readonly kind: 'own'; seconds(repetitions: number): Promise<number> }

/** One way of doing one piece of work, ready to be timed. */
export interface Entry {
  /** Tells several ways of one library apart (`jit`, `without codes`); none where there is one. */
  readonly variant?: string
  /** Called before every block of repetitions: libraries with one global backend switch to theirs. */
  activate?(): Promise<void>
  /** What the work gives, computed by the path that is timed. */
  result(): Promise<ArrayLike<number>>
  readonly clock: Clock
}

/** The entries of one library for one piece of work, on operands they share. */
export interface Prepared {
  readonly entries: readonly Entry[]
  /** Gives the operands back. */
  release(): Promise<void> | void
}

/** A library that is here and answers. */
export interface Session {
  /** Versions and settings that a reader of the numbers wants to know. */
  readonly version: string
  /** Width of the vector instructions that it computes with, in words: `128 bit`. */
  readonly vectors: string
  /** How its kernels were chosen, where they were. */
  readonly notes?: readonly string[]
  /** What it does. A kind that is missing is skipped; a function may throw {@link Skip}. */
  readonly prepare: { readonly [K in WorkKind]?: (work: WorkOf<K>, inputs: Arrays) => Promise<Prepared> }
  /** Why a kind of work is missing. */
  readonly cannot?: Partial<Record<WorkKind, string>>
  close(): Promise<void> | void
}

/** One library with one setting. */
export interface Contender {
  /** As in `--contenders`. */
  readonly name: string
  /** As in tables. */
  readonly title: string
  /** Whether it is Facet, with whatever setting: everyone else is a peer, and where one is ahead the table says so. */
  readonly own?: boolean
  /** @throws Skip where the library is not installed or does not run here. */
  open(): Promise<Session>
}

/** Work that is left out, with the reason that is printed. */
export class Skip extends Error {
  override readonly name = 'Skip'
}
