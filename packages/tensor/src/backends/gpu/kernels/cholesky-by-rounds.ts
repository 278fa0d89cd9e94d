import type { GpuBuffer, Storage } from '../buffer.ts'
import type { Runner } from '../runner.ts'
import {
  diagonalSource,
  eliminationSource,
  joinedSource,
  resultSource,
  type SolveSizes,
  sidesSource,
  substitutionSource,
  thresholdSource,
} from './cholesky-round.ts'
import { type GpuOperand, wholeOf } from './kernel.ts'
import { buffersOfQuads, drawOne, drawQuads, type RowQuads, releaseAll } from './row-quads.ts'

/**
 * `A X = B` in four rows a round: `[A | B]` becomes `[R | R⁻ᵀ B]` from the first panel down, then X from the last panel up. Each round
 * is one pass of the same kernel over everything, which is told the panel; the panel's own 4 × 4 each thread factors for itself.
 */
export function choleskyByRounds(runner: Runner, a: GpuOperand, b: GpuOperand, x: Storage): void {
  const [n, m] = b.shape.slice(-2)
  const [groups, right] = [Math.ceil(n / 4), 4 * Math.ceil(m / 4)]
  const sizes: SolveSizes = { batch: b.size / (n * m), n, m, groups, right }
  const key = `choleskySolve ${n} ${m}`
  const threshold = thresholdOf(runner, key, a.buffer, sizes)
  const factored = eliminated(runner, key, [a.buffer, b.buffer], wholeOf(threshold), sizes)
  const solution = substituted(runner, key, factored, sizes)
  runner.run({
    key: `${key} result`,
    inputs: [...buffersOfQuads(solution), wholeOf(threshold)],
    outputs: [x],
    body: () => ({ kind: 'element', source: resultSource(sizes) }),
  })
  releaseAll(runner, [...solution, threshold])
}

/** The pivot, by matrix, up to which an unknown is dropped; NaN where the lower triangle is not finite. */
function thresholdOf(runner: Runner, key: string, a: GpuBuffer, { batch, n }: SolveSizes): Storage {
  const rows = drawOne(runner, {
    key: `${key} diagonal`,
    inputs: [a],
    size: batch * n,
    source: () => diagonalSource(n),
  })
  const threshold = drawOne(runner, {
    key: `${key} threshold`,
    inputs: [wholeOf(rows)],
    size: batch,
    source: () => thresholdSource(n),
  })
  runner.release(rows)
  return threshold
}

function eliminated(
  runner: Runner,
  key: string,
  inputs: readonly GpuBuffer[],
  threshold: GpuBuffer,
  sizes: SolveSizes,
): RowQuads {
  const { batch, groups, right } = sizes
  const size = batch * groups * (4 * groups + right)
  let rows = drawQuads(runner, { key: `${key} joined`, inputs, size, source: () => joinedSource(sizes) })
  for (let panel = 0; panel < groups; panel++) {
    const next = drawQuads(runner, {
      key: `${key} eliminated`,
      inputs: [...buffersOfQuads(rows), threshold],
      size,
      uniforms: [{ name: 'panel', value: panel }],
      source: () => eliminationSource(sizes),
    })
    releaseAll(runner, rows)
    rows = next
  }
  return rows
}

/** Releases the factor. */
function substituted(runner: Runner, key: string, factored: RowQuads, sizes: SolveSizes): RowQuads {
  const { batch, groups, right } = sizes
  const size = batch * groups * right
  let sides = drawQuads(runner, {
    key: `${key} sides`,
    inputs: buffersOfQuads(factored),
    size,
    source: () => sidesSource(sizes),
  })
  for (let panel = groups - 1; panel >= 0; panel--) {
    const next = drawQuads(runner, {
      key: `${key} substituted`,
      inputs: [...buffersOfQuads(factored), ...buffersOfQuads(sides)],
      size,
      uniforms: [{ name: 'panel', value: panel }],
      source: () => substitutionSource(sizes),
    })
    releaseAll(runner, sides)
    sides = next
  }
  releaseAll(runner, factored)
  return sides
}
