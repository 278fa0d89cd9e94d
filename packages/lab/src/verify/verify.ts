import { type EngineName, startEngine } from '../engine.ts'
import type { Deviation } from './compare.ts'
import type { Comparison } from './compare-tree.ts'
import { isGeometryFile, verifyGeometry } from './geometry/verify-geometry.ts'
import { type GoldenFile, isTrajectory, parseGolden } from './golden.ts'
import { isLayersFile } from './layers/layers-file.ts'
import { verifyLayers } from './layers/verify-layers.ts'
import type { FloatType } from './tolerance.ts'
import { verifyNetwork } from './verify-network.ts'
import { verifyTrajectory } from './verify-trajectory.ts'

export interface VerifyOptions {
  /** Default `float64`. Regions, walks and partitions are found in float64 whatever is said. */
  readonly dtype?: FloatType
  /** Default `wasm`. */
  readonly backend?: EngineName
}

/** One file's outcome, as `facet verify` prints it. */
export interface Verification {
  readonly file: string
  readonly backend: string
  readonly dtype: FloatType
  readonly pass: boolean
  /** Every quantity of the file's `expect` or `trace`. */
  readonly quantities: Readonly<Record<string, Omit<Deviation, 'pass'>>>
  /** Names of the quantities that are off. */
  readonly failed: readonly string[]
  /** Notes and inputs among `expect`, which are not recomputed. */
  readonly skipped: readonly string[]
  /** Why the file could not be verified at all. */
  readonly error?: string
}

/**
 * Recomputes a golden file through Facet's public API and compares every number in it.
 *
 * @param file its name, for the report
 * @param text its contents
 * @returns the outcome; a file that cannot be understood has `pass: false` and an `error`.
 * @throws RangeError for an unknown backend.
 * @example
 * const { pass, failed } = await verify('01.json', readFileSync('01.json', 'utf8'))
 */
export async function verify(file: string, text: string, options: VerifyOptions = {}): Promise<Verification> {
  const { dtype = 'float64', backend = 'wasm' } = options
  await startEngine(backend)
  try {
    const { quantities, skipped } = await recompute(parseGolden(text), dtype)
    if (Object.keys(quantities).length === 0)
      throw new Error('expect: expected one or more quantities that are recomputed, got none')
    const failed = Object.keys(quantities).filter((name) => !quantities[name].pass)
    const deviations = Object.entries(quantities).map(([name, { pass: _, ...deviation }]) => [
      name,
      deviation,
    ])
    const pass = failed.length === 0
    return { file, backend, dtype, pass, quantities: Object.fromEntries(deviations), failed, skipped }
  } catch (error) {
    const { message } = error as Error
    return { file, backend, dtype, pass: false, quantities: {}, failed: [], skipped: [], error: message }
  }
}

function recompute(file: GoldenFile, dtype: FloatType): Comparison | Promise<Comparison> {
  if (isLayersFile(file)) return verifyLayers(file, dtype)
  if (isGeometryFile(file)) return verifyGeometry(file)
  return isTrajectory(file) ? verifyTrajectory(file, dtype) : verifyNetwork(file, dtype)
}
