import type { Runner } from '../../runner.ts'
import { type GpuBuffer, type TextureStorage, wholeOf } from '../../texture-storage.ts'
import type { GpuKernelOf } from '../kernel.ts'
import { drawFloats, releaseAll } from './float-pass.ts'
import { levelSource, rotationSource, turnedSource } from './jacobi-round.ts'
import { buffersOfQuads, drawQuads, entriesSource, type RowQuads } from './row-quads.ts'
import { type MatrixBatch, sortEigenpairs } from './sort-eigenpairs.ts'

/**
 * Sweeps over all pairs, at least one more than any of twenty kinds of matrices (random, graded, clustered, ±1, of low rank …) needed
 * for half the tolerance of the conformance suite: 2 at order 2, 3 at 4, 5 at 16, 7 at 32, 8 from 64 to 256, and 9 at 512, where the
 * four hardest were tried.
 */
const sweepsOf = (n: number): number => Math.min(3 + Math.ceil(Math.log2(n)), n > 256 ? 10 : 9)

/**
 * Jacobi's method on rows `[v | A v]`, which begin as `[I | A]`: a round turns groups of four vectors each, so that A is nearly
 * diagonal among them, and is two passes of the same two kernels: the rotations, then the rows. The number of sweeps is fixed, so
 * that no number has to come back to the host.
 */
export const symmetricEigen: GpuKernelOf<'eigh'> = (runner, [a], [values, vectors]) => {
  if (a.size === 0) return
  const n = a.shape[a.shape.length - 1]
  const matrices: MatrixBatch = { batch: a.size / (n * n), n, groups: Math.ceil(n / 4) }
  const exponent = exponentOf(runner, a.buffer, matrices)
  let rows = startOf(runner, a.buffer, exponent, matrices)
  for (let sweep = 0; sweep < sweepsOf(n); sweep++) rows = swept(runner, rows, matrices)
  sortEigenpairs(runner, rows, exponent, matrices, values.buffer.storage, vectors.buffer.storage)
  releaseAll(runner, [...rows, exponent])
}

/** By matrix the exponent of the power of two just above all its entries; NaN where one is no finite number. */
function exponentOf(runner: Runner, a: GpuBuffer, { batch, n }: MatrixBatch): TextureStorage {
  const largest = drawFloats(runner, {
    key: `eigh ${n} largest`,
    inputs: [a],
    size: batch * n,
    source: () => largestSource(n),
  })
  const exponent = drawFloats(runner, {
    key: `eigh ${n} exponent`,
    inputs: [wholeOf(largest)],
    size: batch,
    source: () => exponentSource(n),
  })
  runner.release(largest)
  return exponent
}

/** `[I | A]`, A the symmetric part of what is given, scaled to entries below 1. */
function startOf(
  runner: Runner,
  a: GpuBuffer,
  exponent: TextureStorage,
  { batch, n, groups }: MatrixBatch,
): RowQuads {
  // In a pass of its own: llvmpipe makes x · 2⁻ᵏ + y · 2⁻ᵏ a sum first, which overflows.
  const scaled = drawFloats(runner, {
    key: `eigh ${n} scaled`,
    inputs: [a, wholeOf(exponent)],
    size: batch * n * n,
    source: () => `float element(int i) { return scaled(at_a(i), -int(at_b(i / ${n * n}))); }`,
  })
  const rows = drawQuads(runner, {
    key: `eigh ${n} start`,
    inputs: [wholeOf(scaled)],
    size: batch * groups * 8 * groups,
    source: () => startSource(n, groups),
  })
  runner.release(scaled)
  return rows
}

/** One sweep: every pair of vectors is turned at least once. Releases the rows that it is given. */
function swept(runner: Runner, rows: RowQuads, { batch, n, groups }: MatrixBatch): RowQuads {
  const level = runner.storage('float32', batch * groups * 4)
  runner.run({
    key: `eigh ${n} level`,
    inputs: buffersOfQuads(rows),
    outputs: [level],
    body: () => ({ kind: 'texel', source: levelSource(groups) }),
  })
  let now = rows
  for (let round = 0; round < Math.max(1, 2 * groups - 1); round++) {
    const rotations = drawQuads(runner, {
      key: `eigh ${n} rotations`,
      inputs: [...buffersOfQuads(now), wholeOf(level)],
      size: batch * groups * 4,
      source: () => rotationSource(groups),
    })
    const next = drawQuads(runner, {
      key: `eigh ${n} turned`,
      inputs: [...buffersOfQuads(now), ...buffersOfQuads(rotations)],
      size: batch * groups * 8 * groups,
      source: () => turnedSource(groups),
    })
    releaseAll(runner, [...now, ...rotations])
    now = next
  }
  runner.release(level)
  return now
}

const largestSource = (n: number): string => `float element(int i) {
  float most = 0.0;
  for (int c = 0; c < ${n}; c++) {
    float entry = at_a(i * ${n} + c);
    most = larger(most, isInfinite(entry) ? number(0x7fc00000u) : abs(entry));
  }
  return most;
}`

const exponentSource = (n: number): string => `float element(int i) {
  float most = 0.0;
  for (int r = 0; r < ${n}; r++) most = larger(most, at_a(i * ${n} + r));
  if (isNaNumber(most)) return most;
  float e = 0.0;
  if (most > 0.0) splitFloat(most, e);
  return e;
}`

/** `[I | A]`; the rows and columns that fill it up to groups of four are 0, and stay 0 in all rounds. */
const startSource = (n: number, groups: number): string =>
  entriesSource(
    `float entry(int b, int r, int c) {
  int k = c - ${4 * groups};
  if (r >= ${n} || k >= ${n}) return 0.0;
  if (k < 0) return r == c ? 1.0 : 0.0;
  return 0.5 * (at_a((b * ${n} + r) * ${n} + k) + at_a((b * ${n} + k) * ${n} + r));
}`,
    groups,
    8 * groups,
  )
