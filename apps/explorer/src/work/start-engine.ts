import { init } from '@facet/tensor'
import { kernels } from './kernels.ts'

/** What became of the engine. */
export interface Engine {
  readonly backend: string
  /** Sentences for the page. */
  readonly warnings: readonly string[]
}

/**
 * Starts the engine of a worker: WebAssembly without fused multiplication, which gives the same bits everywhere; where WebAssembly is refused plain loops,
 * with a warning.
 */
export async function startEngine(): Promise<Engine> {
  try {
    const { name } = await init({ backend: 'wasm', relaxedSimd: false, kernels: kernels() })
    return { backend: name, warnings: [] }
  } catch (error) {
    const { name } = await init({ backend: 'reference' })
    const why = error instanceof Error ? error.message : String(error)
    return {
      backend: name,
      warnings: [
        `WebAssembly is not allowed here (${why}): training runs on plain loops, many times slower, to other last digits, and partitions cannot be drawn.`,
      ],
    }
  }
}
