import { activate, isActive } from './active-backend.ts'
import type { Backend } from './backend.ts'
import { type WasmBackend, wasmBackend } from './backends/wasm/index.ts'
import { version } from './backends/wasm/kernels.generated.ts'
import { hasRelaxedSimd } from './backends/wasm/module.ts'
import { builtin } from './backends/wasm/threads/builtin.ts'
import { processors } from './backends/wasm/threads/processors.ts'
import type { WorkerFile } from './backends/wasm/threads/worker.ts'
import { describe, expectOneOf } from './checks.ts'
import type { KernelFile } from './kernel-files.ts'
import { expectVersion, giveKernels } from './kernel-modules.ts'
import { isMistake, mistake } from './mistakes.ts'
import {
  aBoolean,
  anything,
  aValue,
  type OptionsOf,
  optional,
  optionTable,
  withDefault,
} from './option-table.ts'

/** What backends are told of {@link InitOptions}. */
interface Choice {
  readonly relaxedSimd: boolean
  readonly threads: number
  readonly worker?: WorkerFile | undefined
}

/** Backends by name; asked again, each gives the same one for the same choice. */
const backends: Record<string, (choice: Choice) => Promise<Backend>> = {
  wasm: async (choice) => (await bestThreads(choice)) as Backend,
  reference: async () => (await import('./backends/reference/index.ts')).referenceBackend as Backend,
}

/** Adds a backend that an entry of its own brings, so that nobody else loads what it needs. */
export function registerBackend(name: string, make: () => Promise<Backend>): void {
  backends[name] = make
}

/** Calls of `init`, and which of them chose the active backend: backends take their time to load, and the last word is the last call's. */
let calls = 0
let decisive = 0

/** An address, also one that a page's policy has approved. */
const aWorkerFile = aValue<WorkerFile>(
  'the address of a file, a text or a URL',
  (value) => typeof value === 'string' || /URL\]$/.test(Object.prototype.toString.call(value)),
)

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
   * to compute in a worker of its own: a window's main thread cannot sleep while it waits for the others. Where threads cannot be had, this one
   * computes alone, with one warning that says what to allow.
   */
  threads: withDefault(anything<number>(), 1),
  /**
   * Address of the threads' program, the file `@facet/tensor/kernels/thread.js`, for pages whose security policy allows no workers from `blob:`. Default: none,
   * threads start from a text.
   */
  worker: optional(aWorkerFile),
  /**
   * Compiled kernels, for places that may not compile bytes (workerd, pages without `wasm-unsafe-eval`), or what to compile in place of those that
   * the program carries: a `WebAssembly.Module`, its bytes, an address or a `Response` of a file in `@facet/tensor/kernels/`: `core.wasm`, or both of its
   * builds as `{ simd, relaxed }`, of which the engine's best is loaded. A list adds other files: `convolution.wasm`, `@facet/geometry/kernels/plane.wasm`,
   * `@facet/models/kernels/nearest.wasm`. With threads, bytes or addresses: a compiled module takes the memory of one thread. What has been given once is kept.
   */
  kernels: optional(anything<KernelFile | readonly KernelFile[]>()),
  /** Remember where each tensor was made, for the error after its release. Default false: it costs microseconds a tensor. */
  debug: withDefault(aBoolean, false),
})

/** What {@link init} may be told. */
export type InitOptions = OptionsOf<typeof initOptions>

/**
 * Chooses the backend; call it once before any op. Calling it again switches backends, and ends the threads of the one before. Of calls under
 * way at once the last one that succeeds is heeded, however long each takes to load; every call gives the backend that it asked for.
 *
 * @throws RangeError for an unknown backend or a wrong number of threads, TypeError for an unknown option and for `kernels` that are none of
 *   Facet's, Error for those of another version, and where `wasm` is asked for by name and the engine refuses.
 * @example
 * await init()
 */
export async function init(options: InitOptions = {}): Promise<Backend> {
  const {
    backend: name,
    relaxedSimd,
    threads,
    worker,
    kernels,
    debug: isDebugging,
  } = initOptions.resolve(options)
  if (name === 'gpu' && !Object.hasOwn(backends, name))
    throw new Error("init: backend: 'gpu' is there once '@facet/tensor/gpu' is imported, which needs gpu.js")
  if (name !== undefined) expectOneOf('init', 'backend', name, Object.keys(backends))
  expectThreads(threads, name ?? 'wasm')
  const call = ++calls
  expectWasm('worker', name, worker)
  expectWasm('kernels', name, kernels)
  if (kernels !== undefined) {
    const { loadKernels } = await import('./kernel-files.ts')
    const wanted = { relaxed: relaxedSimd && hasRelaxedSimd(), keepsBytes: threads > 1, version }
    const files = await loadKernels(kernels, {
      ...wanted,
      builtin,
      describe,
      expectVersion,
      isMistake,
      mistake,
    })
    files.forEach(giveKernels)
  }
  const choice = { relaxedSimd, threads, worker }
  const chosen = name === undefined ? await bestBackend(choice) : await backends[name](choice)
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

function expectWasm(option: string, backend: string | undefined, value: unknown): void {
  if (value === undefined || backend === undefined || backend === 'wasm') return
  throw new TypeError(
    `init: ${option}: expected none, which '${backend}' has no use for, got ${describe(value)}`,
  )
}

const warned = new Set<string>()

/** Says once what is computed with, and why not with what was asked for. */
function warn(instead: string, error: Error): void {
  if (!warned.has(instead)) console.warn(`${error.message}; computing ${instead}`)
  warned.add(instead)
}

async function bestBackend(choice: Choice): Promise<Backend> {
  try {
    return await backends.wasm(choice)
  } catch (error) {
    if (isMistake(error)) throw error
    warn("with 'reference', some ten times slower", error as Error)
    return backends.reference(choice)
  }
}

async function bestThreads(choice: Choice): Promise<WasmBackend> {
  try {
    return await wasmBackend(choice)
  } catch (error) {
    if (choice.threads === 1 || isMistake(error)) throw error
    const alone = await wasmBackend({ ...choice, threads: 1 })
    warn('on one thread', error as Error)
    return alone
  }
}
