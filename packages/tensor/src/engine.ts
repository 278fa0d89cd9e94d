import type { Backend } from './backend.ts'
import { referenceBackend } from './backends/reference/index.ts'
import { wasmBackend } from './backends/wasm/index.ts'
import { expectBoolean, expectOneOf, expectOptions } from './checks.ts'

type Choice = Required<Pick<InitOptions, 'relaxedSimd'>>

/** Backends by name; asked again, each gives the same one for the same choice. */
const backends: Readonly<Record<string, (choice: Choice) => Promise<Backend>>> = {
  wasm: async (choice) => (await wasmBackend(choice)) as Backend,
  reference: async () => referenceBackend as Backend,
}

let active: Backend | null = null
let debug = false

export interface InitOptions {
  /**
   * Which backend computes. Default `wasm`: WebAssembly SIMD; where the engine refuses it, `reference` (plain loops, sums in
   * float64) with one warning.
   */
  backend?: string
  /** Whether `wasm` may fuse multiplication and addition where the engine can: faster, other last digits. Default true. */
  relaxedSimd?: boolean
  /** Remember where each tensor was made, for the error after its release. Default false: it costs microseconds a tensor. */
  debug?: boolean
}

/**
 * Chooses the backend; call it once before any op. Calling it again switches backends.
 *
 * @throws RangeError for an unknown backend, TypeError for an unknown option, Error where `wasm` is asked for by name and
 *   the engine refuses it.
 * @example
 * await init()
 */
export async function init(options: InitOptions = {}): Promise<Backend> {
  expectOptions('init', options, ['backend', 'relaxedSimd', 'debug'])
  const { backend: name, relaxedSimd = true } = options
  if (name !== undefined) expectOneOf('init', 'backend', name, Object.keys(backends))
  expectBoolean('init', 'relaxedSimd', relaxedSimd)
  active = name === undefined ? await bestBackend({ relaxedSimd }) : await backends[name]({ relaxedSimd })
  debug = options.debug ?? false
  return active
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

/** @throws before `init`. */
export function activeBackend(op: string): Backend {
  if (active === null) throw new Error(`${op}: there is no backend yet: call await init() first`)
  return active
}

export const isDebug = (): boolean => debug
