import type { Runner } from '../../runner.ts'
import { type GpuBuffer, type TextureStorage, wholeOf } from '../../texture-storage.ts'
import type { GpuOperand } from '../kernel.ts'
import {
  boundsSource,
  diagonalSource,
  eliminationSource,
  joinedSource,
  resultSource,
  type SolveSizes,
  sidesSource,
  substitutionSource,
  verdictSource,
} from './cholesky-round.ts'
import { drawFloats, releaseAll } from './float-pass.ts'
import { buffersOfQuads, drawQuads, type RowQuads } from './row-quads.ts'

/**
 * `A X = B` in four rows a round: `[A | B]` becomes `[R | R⁻ᵀ B]` from the first panel down, then X from the last panel up. Each round
 * is one pass of the same kernel over everything, which is told the panel; the panel's own 4 × 4 each thread factors for itself.
 * A second matrix goes through the same rounds, the same with the slack on its diagonal: if a pivot of it is dropped, the matrix is
 * indefinite. Rounds of its own would cost more, for a pass costs more than the arithmetic in it.
 */
export function choleskyByRounds(runner: Runner, a: GpuOperand, b: GpuOperand, x: TextureStorage): void {
  const [n, m] = b.shape.slice(-2)
  const [groups, right] = [Math.ceil(n / 4), 4 * Math.ceil(m / 4)]
  const sizes: SolveSizes = { batch: b.size / (n * m), n, m, groups, right }
  const key = `choleskySolve ${n} ${m}`
  const bounds = boundsOf(runner, key, a.buffer, sizes)
  const factored = eliminated(runner, key, [a.buffer, b.buffer, wholeOf(bounds)], wholeOf(bounds), sizes)
  const verdict = drawFloats(runner, {
    key: `${key} verdict`,
    inputs: [...buffersOfQuads(factored), wholeOf(bounds)],
    size: sizes.batch,
    uniforms: [uniformOf(sizes)],
    source: () => verdictSource(sizes),
  })
  const solution = substituted(runner, key, factored, sizes)
  runner.run({
    key: `${key} result`,
    inputs: [...buffersOfQuads(solution), wholeOf(verdict)],
    outputs: [x],
    body: () => ({ kind: 'element', source: resultSource(sizes) }),
  })
  releaseAll(runner, [...solution, bounds, verdict])
}

const uniformOf = ({ batch }: SolveSizes) => ({ name: 'batch', value: batch })

/** Of every matrix the threshold up to which a pivot is dropped, then of every matrix the slack; NaN where a matrix is not finite. */
function boundsOf(runner: Runner, key: string, a: GpuBuffer, sizes: SolveSizes): TextureStorage {
  const { batch, n } = sizes
  const rows = drawFloats(runner, {
    key: `${key} diagonal`,
    inputs: [a],
    size: batch * n,
    source: () => diagonalSource(n),
  })
  const bounds = drawFloats(runner, {
    key: `${key} bounds`,
    inputs: [wholeOf(rows)],
    size: 2 * batch,
    uniforms: [uniformOf(sizes)],
    source: () => boundsSource(n),
  })
  runner.release(rows)
  return bounds
}

/** Eliminates all panels; the rows of the matrices come first, then those of the matrices with the slack. */
function eliminated(
  runner: Runner,
  key: string,
  inputs: readonly GpuBuffer[],
  bounds: GpuBuffer,
  sizes: SolveSizes,
): RowQuads {
  const { batch, groups, right } = sizes
  const size = 2 * batch * groups * (4 * groups + right)
  let rows = drawQuads(runner, {
    key: `${key} joined`,
    inputs,
    size,
    uniforms: [uniformOf(sizes)],
    source: () => joinedSource(sizes),
  })
  for (let panel = 0; panel < groups; panel++) {
    const next = drawQuads(runner, {
      key: `${key} eliminated`,
      inputs: [...buffersOfQuads(rows), bounds],
      size,
      uniforms: [uniformOf(sizes), { name: 'panel', value: panel }],
      source: () => eliminationSource(sizes),
    })
    releaseAll(runner, rows)
    rows = next
  }
  return rows
}

/** Substitutes backwards through all panels, and releases the factor. */
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
