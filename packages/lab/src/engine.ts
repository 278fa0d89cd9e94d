import { init } from '@facet/tensor'

/** Backends that experiments may be computed with. */
export const engineNames = ['wasm', 'reference'] as const
export type EngineName = (typeof engineNames)[number]

/**
 * The engine of every experiment and model folder: WebAssembly SIMD without fused multiply-add, which only some engines have.
 * The same numbers on every machine matter more here than a fifth of the time.
 */
export const startEngine = (backend: EngineName = 'wasm'): Promise<unknown> =>
  init({ backend, relaxedSimd: false })
