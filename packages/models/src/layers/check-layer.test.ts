import { add, expandDims, identityActivation, init, key, mul, sub, type Tensor, tensor } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { Dense, type Layer, type LayerKind } from '../index.ts'
import { ownKinds, PRelu, preluKind, Scale, scaleKind } from '../testing/own-kinds.ts'
import { randomKinds, randomLayer } from '../testing/random-layers.ts'
import { randomPoints } from '../testing/random-models.ts'
import { checkLayer } from './check-layer.ts'
import { laws } from './laws.ts'

beforeAll(() => init())

const sizeOf = ({ inputs }: Layer): number => inputs.reduce((a, b) => a * b, 1)
const x = (layer: Layer) => key('x').normal([4, sizeOf(layer)], layer.dtype ?? 'float64')
const scale = () => new Scale('own', tensor([2, -1, 0.5], { dtype: 'float64' }))
const prelu = () => new PRelu('own', [3], tensor([0.3], { dtype: 'float64' }))

/** A layer of one's own that does one thing wrong. */
function wrong<L extends Layer>(layer: L, change: (layer: L) => object): L {
  const changed = change(layer)
  return Object.defineProperties(layer, Object.getOwnPropertyDescriptors(changed))
}

describe('checkLayer', () => {
  it.each(randomKinds.map((kind) => [kind.kind, kind] as const))('finds nothing wrong with %s', (_, kind) => {
    for (const seed of [1, 2, 3]) {
      const layer = randomLayer(kind, seed)
      expect(() => checkLayer(layer, randomPoints(seed, 3, sizeOf(layer)))).not.toThrow()
    }
  })

  it.each(ownKinds.map(({ row }) => [row.kind, row] as const))('nor with a %s of its own', (kind, row) => {
    const layer = kind === 'scale' ? scale() : prelu()
    expect(() => checkLayer(layer, x(layer), { kind: row })).not.toThrow()
    const single = kind === 'scale' ? new Scale('a', tensor([2, 3])) : new PRelu('a', [2], tensor([-0.4]))
    expect(() => checkLayer(single, x(single), { kind: row, repeats: 1 })).not.toThrow()
  })

  const mistakes: readonly (readonly [string, string, () => Layer])[] = [
    [
      'an output that is not what the steps give',
      'output = A x + b on the region of x: expected A x + b within',
      () =>
        wrong(scale(), (layer) => ({
          forward: (x: Tensor) => ({ output: add(mul(x, layer.factors.value), 1), code: [] }),
        })),
    ],
    [
      'a map that is not affine',
      'output = A x + b',
      () => wrong(scale(), () => ({ forward: (x: Tensor) => ({ output: mul(x, x), code: [] }) })),
    ],
    [
      'a pull that is another map than push',
      'push and pull are adjoint',
      () => wrong(scale(), () => ({ pull: (_: unknown, g: Tensor | null) => g && mul(g, 2) })),
    ],
    [
      'unit vectors that go another way than vectors',
      'output = A x + b',
      () =>
        wrong(scale(), (layer) => ({
          unitCost: { push: 0, pull: 9 },
          push: (_: unknown, v: Tensor | null) =>
            v === null
              ? tensor(
                  [
                    [
                      [1, 0, 0],
                      [0, 1, 0],
                      [0, 0, 1],
                    ],
                  ],
                  { dtype: 'float64' },
                )
              : mul(v, layer.factors.value),
        })),
    ],
    [
      'a map whose numbers are no tensors of the parameters',
      "A x + b has the derivatives in the parameters that the output has: expected the derivative of A x + b in 'own.factors'",
      () => {
        const held = scale().linear()
        return wrong(scale(), (layer) => ({
          linear: () => held,
          forward: (x: Tensor) => ({ output: mul(x, layer.factors.value), code: [] }),
        }))
      },
    ],
    [
      'a plain number for a slope that is another',
      'what units choose among, in plain numbers, is what they compute: expected the outputs of choice()',
      () =>
        wrong(prelu(), ({ pieces }) => {
          Object.assign(pieces as object, { choice: () => ({ kind: 'sign', slope: 0.7 }) })
          return {}
        }),
    ],
    [
      'candidates of which units take the smallest',
      'a walk along the steps comes to the output, and every unit takes the largest of its candidates: expected the state of unit',
      () =>
        wrong(prelu(), ({ pieces }) => {
          const own = pieces as NonNullable<typeof pieces>
          const right = own.candidates.bind(own)
          Object.assign(own, { candidates: (p: Tensor) => sub(tensor(0, { dtype: 'float64' }), right(p)) })
          return {}
        }),
    ],
    [
      'a parameter that a file would lose',
      "a layer says what it is: its kind and name, its dtype, its units, and parameters that are among its values: expected the parameter 'own.factors' among the values of 'own', got none",
      () => wrong(scale(), ({ factors }) => ({ values: {}, parameters: [factors] })),
    ],
    [
      'a description under another name',
      'expected kind and name of describe() ["scale","own"], got ["scale","other"]',
      () => wrong(scale(), () => ({ describe: () => ({ kind: 'scale', name: 'other' }) })),
    ],
    [
      'an output of another shape than it says',
      'output = A x + b on the region of x: expected output [4, 3], got [4, 1, 3]',
      () =>
        wrong(scale(), ({ factors }) => ({
          forward: (x: Tensor) => ({ output: expandDims(mul(x, factors.value), 1), code: [] }),
        })),
    ],
  ]

  it.each(mistakes)('tells of %s', (_, message, layer) => {
    expect(() => checkLayer(layer(), x(layer()))).toThrow(message)
    expect(() => checkLayer(layer(), x(layer()))).toThrow(/^checkLayer: 'own', an? \w+: /)
  })

  it('tells of a row that does not bring a layer back', () => {
    const twice: LayerKind = {
      ...scaleKind,
      read: (name, _, source) => new Scale(name, mul(source.tensor('factors', [3]), 2)),
    }
    const check = (kind: LayerKind) => () => checkLayer(scale(), x(scale()), { kind })
    expect(check(twice)).toThrow(
      'a layer comes back from its description and its values: expected the output of the copy',
    )
    expect(
      check({
        ...scaleKind,
        read: (name) => new Dense({ name, weight: tensor([[1]]), bias: null } as never),
      }),
    ).toThrow('a layer comes back from its description and its values')
    expect(check(preluKind)).toThrow(
      "expected 'checkLayer.0' of a kind among dense, conv, convTranspose, maxPool, averagePool, upsample, maxout, residual, shift, reshape, prelu, or of one of your own",
    )
  })

  it('refuses what is no layer, a class made of a known kind, points that do not fit and rows of known kinds', () => {
    expect(() => checkLayer(null as never, x(scale()))).toThrow('checkLayer: expected a layer, got null')
    class Own extends Dense {}
    const own = new Own({
      name: 'own',
      weight: tensor([[1]]),
      bias: null,
      activation: identityActivation,
    })
    expect(() => checkLayer(own, tensor([[1]]))).toThrow("got 'own', an Own")
    expect(() => checkLayer(scale(), tensor([[1, 2, 3]]))).toThrow(
      'checkLayer: expected points float64 [N, 3], got float32 [1, 3]',
    )
    expect(() => checkLayer(scale(), [[1]] as never)).toThrow(
      'checkLayer: expected points float64 [N, 3], got',
    )
    expect(() => checkLayer(scale(), x(scale()), { kind: { ...scaleKind, kind: 'dense' } })).toThrow(
      "checkLayer: kinds[0]: expected a kind that no other row has, got 'dense', where 'dense' has the same",
    )
  })

  it('names every law differently, as users read them', () => {
    expect(new Set(laws.map(({ name }) => name)).size).toBe(laws.length)
  })
})
