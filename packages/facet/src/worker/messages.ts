import type { FitProgress } from '../options.ts'

/** Of what page and worker say to each other: a worker's file may be left from another version of the package. */
export const PROTOCOL = 1

/** What a worker is told to fit. */
export interface Job {
  readonly protocol: number
  /** Rows as numbers, NaN where one is missing: the memory goes to the worker. */
  readonly values: Float64Array<ArrayBuffer>
  /** What rows are to become, where that is not themselves. */
  readonly target: Float64Array<ArrayBuffer> | undefined
  readonly columns: number | readonly string[]
  /** Whether anybody wants to know how far it is. */
  readonly isWatched: boolean
  /** Options of `fit` that are not among these. */
  readonly settings: object
}

/** What is said to a worker: to fit, and to end early. */
export type Request = { readonly job: Job } | { readonly stop: true }

/** An error as it goes from one thread to another: structured clones lose names that are not the language's own. */
export interface ToldError {
  readonly name: string
  readonly message: string
}

/** What a worker says: that it is there, how far it is, and what came of it, a model's file, an error, or that it was stopped before there was a model. */
export interface Answers {
  readonly ready: number
  readonly progress: FitProgress
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly stopped: null
  readonly error: ToldError
}

export type Answer = { [K in keyof Answers]: readonly [kind: K, value: Answers[K]] }[keyof Answers]

/** What is done with each answer. */
export type Hearers = { readonly [K in keyof Answers]: (value: Answers[K]) => void }

export const toldError = (error: unknown): ToldError =>
  error instanceof Error
    ? { name: error.name, message: error.message }
    : { name: 'Error', message: String(error) }

/** The language's own kinds of error, by name. */
const kinds: Readonly<Record<string, new (message: string) => Error>> = { RangeError, TypeError, SyntaxError }

/** The error that was told, of its own class where that is the language's. */
export function errorOf({ name, message }: ToldError): Error {
  const Kind = Object.hasOwn(kinds, name) ? kinds[name] : Error
  const error = new Kind(message)
  if (error.name !== name) error.name = name
  return error
}
