import type { GpuBuffer, Storage } from '../buffer.ts'
import type { Runner } from '../runner.ts'
import {
  diagonalSource,
  eliminationSource,
  joinedSource,
  raisedSource,
  resultSource,
  type SolveSizes,
  sidesSource,
  slackSource,
  substitutionSource,
  thresholdSource,
  verdictSource,
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
  const joined = drawQuads(runner, {
    key: `${key} joined`,
    inputs: [a.buffer, b.buffer],
    size: sizeOf(sizes),
    source: () => joinedSource(sizes),
  })
  const factored = eliminated(runner, `${key} eliminated`, joined, wholeOf(threshold), sizes, 'own')
  const verdict = verdictOf(runner, key, a.buffer, factored, wholeOf(threshold), sizes)
  const solution = substituted(runner, key, factored, sizes)
  runner.run({
    key: `${key} result`,
    inputs: [...buffersOfQuads(solution), wholeOf(verdict)],
    outputs: [x],
    body: () => ({ kind: 'element', source: resultSource(sizes) }),
  })
  releaseAll(runner, [...solution, threshold, verdict])
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

const sizeOf = ({ batch, groups, right }: SolveSizes): number => batch * groups * (4 * groups + right)

/** Releases what it starts from. */
function eliminated(
  runner: Runner,
  key: string,
  from: RowQuads,
  threshold: GpuBuffer,
  sizes: SolveSizes,
  least: 'own' | '0.0',
): RowQuads {
  let rows = from
  for (let panel = 0; panel < sizes.groups; panel++) {
    const next = drawQuads(runner, {
      key,
      inputs: [...buffersOfQuads(rows), threshold],
      size: sizeOf(sizes),
      uniforms: [{ name: 'panel', value: panel }],
      source: () => eliminationSource(sizes, least),
    })
    releaseAll(runner, rows)
    rows = next
  }
  return rows
}

/**
 * The threshold, NaN where the matrix is indefinite: where a pivot was dropped it is eliminated once more, as the reference backend
 * says. Other matrices pass through these rounds untouched, as nothing is read back.
 */
function verdictOf(
  runner: Runner,
  key: string,
  a: GpuBuffer,
  factored: RowQuads,
  threshold: GpuBuffer,
  sizes: SolveSizes,
): Storage {
  const alone = { ...sizes, m: 0, right: 0 }
  const slack = drawOne(runner, {
    key: `${key} slack`,
    inputs: [...buffersOfQuads(factored), a],
    size: sizes.batch,
    source: () => slackSource(sizes),
  })
  const raised = drawQuads(runner, {
    key: `choleskySolve ${sizes.n} raised`,
    inputs: [a, wholeOf(slack)],
    size: sizeOf(alone),
    source: () => raisedSource(alone),
  })
  const rows = eliminated(
    runner,
    `choleskySolve ${sizes.n} raised eliminated`,
    raised,
    wholeOf(slack),
    alone,
    '0.0',
  )
  const verdict = drawOne(runner, {
    key: `choleskySolve ${sizes.n} verdict`,
    inputs: [...buffersOfQuads(rows), wholeOf(slack), threshold],
    size: sizes.batch,
    source: () => verdictSource(alone),
  })
  releaseAll(runner, [...rows, slack])
  return verdict
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
