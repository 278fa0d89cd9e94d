import { absActivation, leakyReluActivation, reluActivation } from '@facet/tensor'
import fc from 'fast-check'
import { expect } from 'vitest'
import { crossings } from '../line/crossings.ts'
import { integerScenes } from './integer-scenes.ts'
import { randomStack, stacks } from './kind-cases.ts'
import { networkOf, type PlainLayer, pointOnRay } from './plain-network.ts'
import { lineOracle, type OracleLevel } from './plane-oracle.ts'

/** Every number of a walk along a segment against exact arithmetic. */
export function expectTruth(
  layers: readonly PlainLayer[],
  from: number[],
  to: number[],
  level?: OracleLevel,
): void {
  const truth = lineOracle(layers, from, to, level)
  const walk = crossings(networkOf(layers), [from, to], level && { level })
  expect(walk.complete).toBe(true)
  expect(walk.regions).toBe(truth.codes.length)
  const states = (i: number) => [...walk.codeAt(i), ...(level === undefined ? [] : [walk.levelAt(i)])]
  truth.codes.forEach((code, i) => {
    expect(states(i)).toEqual(code)
  })
  truth.t.forEach((t, i) => expect(Math.abs(walk.t[i] - t)).toBeLessThan(1e-10))
  expect([walk.firstCode, walk.lastCode]).toEqual([walk.codeAt(0), walk.codeAt(walk.regions - 1)])
}

export const line = (seed: number, inputs: number, share = 1) =>
  Array.from({ length: inputs }, (_, i) => share * Math.fround(Math.sin(seed + 7 * i)))

/** Of walks through networks of one kind of layers, by name in {@link stacks}, tried on so many. */
export const lineLaws: Readonly<Record<string, (name: string, runs: number) => void>> = {
  'meets the regions of exact arithmetic, in every layer and at an output': (name, runs) => {
    fc.assert(
      fc.property(fc.nat(1e6), fc.boolean(), fc.boolean(), (seed, isBiased, isCut) => {
        const layers = randomStack(name, isBiased, seed)
        const { inputs } = stacks[name]
        expectTruth(
          layers,
          line(seed, inputs, 4),
          line(seed + 1, inputs, -4),
          isCut ? { output: 1, value: 0.125 } : undefined,
        )
      }),
      { numRuns: runs },
    )
  },
  'through the origin without biases, where many walls meet, is decided': (name, runs) => {
    fc.assert(
      fc.property(fc.nat(1e6), (seed) => {
        const { inputs } = stacks[name]
        expectTruth(randomStack(name, false, seed), line(seed, inputs), line(seed, inputs, -1))
      }),
      { numRuns: runs },
    )
  },
}

/** Walls coincide, lines run inside of walls and through vertices: networks and lines of small integers. */
export function integerLinesAreDecided(runs: number): void {
  fc.assert(
    fc.property(
      integerScenes(4, [reluActivation, absActivation, leakyReluActivation(0.5)]),
      ({ layers, theta, direction }) => {
        theta.forEach((from, r) => {
          const to = pointOnRay(from, direction[r], 2)
          expectTruth(layers, from, to)
          expectTruth(layers, from, to, { output: 0 })
        })
      },
    ),
    { numRuns: runs },
  )
}
