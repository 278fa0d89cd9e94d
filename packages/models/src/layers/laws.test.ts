import { jvp, vjp } from '@facet/autograd'
import {
  add,
  broadcastTo,
  expandDims,
  init,
  matmul,
  mul,
  reshape,
  squeeze,
  sum,
  type Tensor,
  tensor,
  transpose,
} from '@facet/tensor'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Network } from '../network.ts'
import { randomKinds, randomNetworks, seeds } from '../testing/random-layers.ts'
import { magnitude, maxDifference, randomPoints } from '../testing/random-models.ts'
import { Chain } from './chain.ts'
import { layerKinds } from './kinds.ts'

const backends = ['wasm', 'reference'] as const
const runs = { wasm: 20, reference: 6 }

/** Differences of two results of about the same numbers, relative to the larger of 1 and them. */
const error = (found: Tensor, expected: Tensor): number =>
  maxDifference(found.dataSync(), expected.dataSync()) / magnitude(expected)

const applied = (A: Tensor, x: Tensor): Tensor => squeeze(matmul(A, expandDims(x, 2)), 2)

const N = 3

test('every row of the table of kinds has random layers that are tried', () => {
  expect(randomKinds.map(({ kind }) => kind).sort()).toEqual(layerKinds.map(({ kind }) => kind).sort())
})

describe.each(backends)('on %s', (backend) => {
  describe.each(randomNetworks)('%s', (_, draw) => {
    /** Whether a law holds on random networks at N random points. */
    const law = (holds: (net: Network, x: Tensor, seed: number) => void) => async () => {
      await init({ backend })
      fc.assert(
        fc.property(seeds, (seed) => {
          const net = draw(seed)
          holds(net, randomPoints(seed, N, net.inputs), seed)
        }),
        { numRuns: runs[backend] },
      )
    }

    test(
      'output = A x + b on the region of x',
      law((net, x) => {
        const { output, code } = net.forward(x)
        const { A, b } = net.localAffine(code)
        expect(A.shape).toEqual([N, net.outputs, net.inputs])
        expect(b.shape).toEqual([N, net.outputs])
        expect(output.shape).toEqual([N, net.outputs])
        expect(error(add(applied(A, x), b), output)).toBeLessThan(1e-11)
        expect(net.regionCode(x).hash()).toEqual(code.hash())
      }),
    )

    test(
      'push and pull are adjoint: ⟨g, push v⟩ = ⟨pull g, v⟩, and both are the map that they say',
      law((net, x, seed) => {
        const chain = new Chain('laws', net.layers)
        const { words } = net.regionCode(x)
        const v = reshape(randomPoints(seed + 1, N * 2, net.inputs), [N, 2, net.inputs])
        const g = reshape(randomPoints(seed + 2, N * 2, net.outputs), [N, 2, net.outputs])
        const [pushed, pulled] = [chain.push(words, v) as Tensor, chain.pull(words, g) as Tensor]
        expect(pushed.shape).toEqual([N, 2, net.outputs])
        expect(pulled.shape).toEqual([N, 2, net.inputs])
        expect(error(sum(mul(g, pushed)), sum(mul(pulled, v)))).toBeLessThan(1e-10)
        const A = net.jacobian(x)
        expect(error(pushed, matmul(v, A, { transposeB: true }))).toBeLessThan(1e-11)
        expect(error(pulled, matmul(g, A))).toBeLessThan(1e-11)
      }),
    )

    test(
      'the unit vectors forward and backward are the Jacobian, whichever way is cheaper',
      law((net, x) => {
        const chain = new Chain('laws', net.layers)
        const { words } = net.regionCode(x)
        const { inputs, outputs } = net
        const [columns, rows] = [chain.push(words, null), chain.pull(words, null)]
        const A = net.jacobian(x)
        if (columns !== null)
          expect(error(transpose(broadcastTo(columns, [N, inputs, outputs]), [0, 2, 1]), A)).toBeLessThan(
            1e-11,
          )
        if (rows !== null) expect(error(broadcastTo(rows, [N, outputs, inputs]), A)).toBeLessThan(1e-11)
        expect(error(transpose(net.tangents(x), [0, 2, 1]), A)).toBeLessThan(1e-11)
      }),
    )

    test(
      'factors of tangents and Jacobians multiply to them',
      law((net, x) => {
        const A = net.jacobian(x)
        const { rows: M, readin, skip } = net.jacobianFactors(x)
        const product = readin === null ? M : matmul(M, readin)
        expect(error(skip === null ? product : add(product, skip), A)).toBeLessThan(1e-11)
        const { rows, readout } = net.tangentFactors(x)
        const tangents = readout === null ? rows : matmul(rows, readout, { transposeB: true })
        expect(error(tangents, transpose(A, [0, 2, 1]))).toBeLessThan(1e-11)
      }),
    )

    test(
      'push is the jvp and pull the vjp of automatic differentiation, states held',
      law((net, x, seed) => {
        const v = randomPoints(seed + 1, N, net.inputs)
        const g = randomPoints(seed + 2, N, net.outputs)
        const { tangent } = jvp((y: Tensor) => net.apply(y), x, v)
        expect(error(net.applyJacobian(x, v), tangent)).toBeLessThan(1e-11)
        const { pullback } = vjp((y: Tensor) => net.apply(y), x)
        const pulled = squeeze(matmul(expandDims(g, 1), net.jacobian(x)), 1)
        expect(error(pulled, pullback(g))).toBeLessThan(1e-11)
      }),
    )

    test(
      'a code comes back from its states, and is equal to itself alone',
      law((net, x) => {
        const code = net.regionCode(x)
        const again = net.codeFromStates(code.states())
        expect(again.hash()).toEqual(code.hash())
        expect(again.equals(code).toArray()).toEqual([1, 1, 1])
        const states = code.states().toArray() as number[][]
        const next = code.gather(tensor([1, 2, 0], { dtype: 'int32' }))
        const differing = states.map(
          (row, n) => row.filter((state, u) => state !== states[(n + 1) % N][u]).length,
        )
        expect(code.differing(next).toArray()).toEqual(differing)
      }),
    )

    test(
      'inside a region the code and the map stay the same',
      law((net, x, seed) => {
        const home = net.regionCode(x)
        const v = randomPoints(seed + 3, N, net.inputs)
        // Half of the way to the first change that bisection finds, if there is one.
        const at = (t: number) => add(x, mul(v, t))
        const isHome = (t: number) =>
          (net.regionCode(at(t)).equals(home).toArray() as number[]).every(Boolean)
        let [inside, outside] = [0, 4]
        for (let step = 0; step < 30; step++) {
          const middle = (inside + outside) / 2
          if (isHome(middle)) inside = middle
          else outside = middle
        }
        for (const share of [0.1, 0.5, 0.9]) {
          expect(isHome(share * inside)).toBe(true)
          const { A, b } = net.localAffine(home)
          expect(error(add(applied(A, at(share * inside)), b), net.apply(at(share * inside)))).toBeLessThan(
            1e-11,
          )
        }
      }),
    )
  })
})
