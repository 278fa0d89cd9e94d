import { activate, isActive } from './active-backend.ts'
import type { Backend } from './backend.ts'
import { referenceBackend } from './backends/reference/index.ts'
import { wasmBackend } from './backends/wasm/index.ts'
import { processors } from './backends/wasm/threads/worker.ts'
import { describe, expectOneOf } from './checks.ts'
import { aBoolean, anything, type OptionsOf, optional, optionTable, withDefault } from './option-table.ts'

/** What backends are told of {@link InitOptions}. */
interface Choice {
  readonly relaxedSimd: boolean
  readonly threads: number
}

/** Backends by name; asked again, each gives the same one for the same choice. */
const backends: Record<string, (choice: Choice) => Promise<Backend>> = {
  wasm: async (choice) => (await wasmBackend(choice)) as Backend,
  reference: async () => referenceBackend as Backend,
}

/** Adds a backend that an entry of its own brings, so that nobody else loads what it needs. */
export function registerBackend(name: string, make: () => Promise<Backend>): void {
  backends[name] = make
}

/** Calls of `init`, and which of them chose the active backend: backends take their time to load, and the last word is the last call's. */
let calls = 0
let decisive = 0

const initOptions = optionTable('init', {
  /**
   * Which backend computes. Default `wasm`: WebAssembly SIMD; where the engine refuses it, `reference` (plain loops, sums in
   * float64) with one warning. `gpu` once `@facet/tensor/gpu` is imported.
   */
  backend: optional(anything<string>()),
  /** Whether `wasm` may fuse multiplication and addition where the engine can: faster, other last digits. Default true. */
  relaxedSimd: withDefault(aBoolean, true),
  /**
   * Threads that compute with `wasm`, this one included: a whole number up to the processors there are. Default 1. More of them
   * share the work of large products, updates and element-wise ops (above 0.2 ms), and give the same bits as one. A page must be
   * isolated (headers `Cross-Origin-Opener-Policy: same-origin` and `Cross-Origin-Embedder-Policy: require-corp`), and does best
   * to compute in a worker of its own: a window's main thread cannot sleep while it waits for the others.
   */
  threads: withDefault(anything<number>(), 1),
  /** Remember where each tensor was made, for the error after its release. Default false: it costs microseconds a tensor. */
  debug: withDefault(aBoolean, false),
})

/** What {@link init} may be told. */
export type InitOptions = OptionsOf<typeof initOptions>

/**
 * Chooses the backend; call it once before any op. Calling it again switches backends, and ends the threads of the one before. Of calls under
 * way at once the last one that succeeds is heeded, however long each takes to load; every call gives the backend that it asked for.
 *
 * @throws RangeError for an unknown backend or a wrong number of threads, TypeError for an unknown option, Error where `wasm` is
 *   asked for by name, or threads are, and the engine refuses.
 * @example
 * await init()
 */
export async function init(options: InitOptions = {}): Promise<Backend> {
  const { backend: name, relaxedSimd, threads, debug: isDebugging } = initOptions.resolve(options)
  if (name === 'gpu' && !Object.hasOwn(backends, name))
    throw new Error("init: backend: 'gpu' is there once '@facet/tensor/gpu' is imported, which needs gpu.js")
  if (name !== undefined) expectOneOf('init', 'backend', name, Object.keys(backends))
  expectThreads(threads, name ?? 'wasm')
  const call = ++calls
  const choice = { relaxedSimd, threads }
  const isAny = name === undefined && threads === 1
  const chosen = isAny ? await bestBackend(choice) : await backends[name ?? 'wasm'](choice)
  if (call < decisive) {
    if (!isActive(chosen)) chosen.rest?.()
    return chosen
  }
  decisive = call
  activate(chosen, isDebugging)
  return chosen
}

function expectThreads(threads: unknown, backend: string): void {
  const most = backend === 'wasm' ? processors() : 1
  if (Number.isInteger(threads) && (threads as number) >= 1 && (threads as number) <= most) return
  const why = backend === 'wasm' ? 'the processors there are' : `all that '${backend}' has`
  throw new RangeError(
    `init: threads: expected a whole number from 1 to ${most}, ${why}, got ${describe(threads)}`,
  )
}

let warned = false

async function bestBackend(choice: Choice): Promise<Backend> {
  try {
    return await backends.wasm(choice)
  } catch (error) {
    if (!warned)
      console.warn(`${(error as Error).message}; computing with 'reference', some ten times slower`)
    warned = true
    return backends.reference(choice)
  }
}
