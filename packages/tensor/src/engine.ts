import type { Backend } from './backend.ts'
import { referenceBackend } from './backends/reference/index.ts'
import { expectOneOf, expectOptions } from './checks.ts'

/** Backends by name; each is made at most once. */
const backends: Record<string, () => Promise<Backend>> = {
  reference: async () => referenceBackend as Backend,
}

const made = new Map<string, Promise<Backend>>()
let active: Backend | null = null
let debug = false

export interface InitOptions {
  /** Which backend computes. Default `reference`: plain loops, float64 accumulation. */
  backend?: string
  /** Remember where each tensor was made, for the error after its release. Default false: it costs microseconds a tensor. */
  debug?: boolean
}

/**
 * Chooses the backend; call it once before any op. Calling it again switches backends.
 *
 * @throws RangeError for an unknown backend, TypeError for an unknown option.
 * @example
 * await init()
 */
export async function init(options: InitOptions = {}): Promise<Backend> {
  expectOptions('init', options, ['backend', 'debug'])
  const name = options.backend ?? 'reference'
  expectOneOf('init', 'backend', name, Object.keys(backends))
  const make = backends[name]
  const pending = made.get(name) ?? make()
  made.set(name, pending)
  active = await pending
  debug = options.debug ?? false
  return active
}

/** @throws before `init`. */
export function activeBackend(op: string): Backend {
  if (active === null) throw new Error(`${op}: there is no backend yet: call await init() first`)
  return active
}

export const isDebug = (): boolean => debug
