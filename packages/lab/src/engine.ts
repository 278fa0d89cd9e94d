import { init } from '@facet/tensor'

/** Backends that experiments may be computed with. */
export const engineNames = ['wasm', 'reference'] as const
export type EngineName = (typeof engineNames)[number]

/** What they are called beside results; `wasm` is the build that {@link startEngine} asks for. */
const engineTitles: Readonly<Record<string, string>> = {
  wasm: 'wasm (plain SIMD)',
  reference: 'reference',
}

/**
 * Starts the engine of every experiment and model folder: WebAssembly SIMD without fused multiply-add, which only some engines
 * have. The same numbers on every machine matter more here than a fifth of the time.
 *
 * @returns what computes from now on, as the backend itself says.
 */
export async function startEngine(backend: EngineName = 'wasm'): Promise<string> {
  const { name } = await init({ backend, relaxedSimd: false })
  return engineTitles[name] ?? name
}
