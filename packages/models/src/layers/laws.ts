import { grad, jvp, vjp } from '@facet/autograd'
import {
  add,
  broadcastTo,
  expandDims,
  formatShape,
  key,
  matmul,
  mul,
  reshape,
  squeeze,
  sum,
  type Tensor,
  tensor,
  transpose,
} from '@facet/tensor'
import { readNetwork, valuesOf } from '../file/layer-file.ts'
import type { Network } from '../network.ts'
import { withValues } from '../parameter.ts'
import type { RegionCode } from '../region/code.ts'
import { Chain } from './chain.ts'
import type { Float, Layer, LayerDescription } from './layer.ts'
import type { LayerKind } from './layer-kind.ts'
import type { Pieces } from './pieces/pieces.ts'
import { walked } from './walked.ts'

/** What networks, files, regularizers and geometry rely on. */
export interface Law {
  readonly name: string
  /**
   * @param x points [N, in]
   * @param seed of the vectors that it is tried with
   * @param kinds the table of kinds; `null` where a layer has no row
   * @throws Error saying what was expected and what was found.
   */
  holds(net: Network, x: Tensor, seed: number, kinds: readonly LayerKind[] | null): void
}

/** Relative to the largest number or 1: 10⁵ roundings in float64, where sums have up to 10² terms, and 10³ in float32. */
const roundings: Readonly<Record<Float, number>> = { float64: 1e-11, float32: 1e-4 }

/** Largest absolute difference, relative to the larger of 1 and the numbers. */
function difference(found: Tensor, expected: Tensor): number {
  const [a, b] = [found.dataSync(), expected.dataSync()]
  let [worst, largest] = [0, 1]
  for (let i = 0; i < a.length; i++) {
    largest = Math.max(largest, Math.abs(b[i]))
    if (Object.is(a[i], b[i])) continue
    const apart = Math.abs(a[i] - b[i])
    worst = Number.isNaN(apart) ? Number.POSITIVE_INFINITY : Math.max(worst, apart)
  }
  return worst / largest
}

function expectShape(what: string, { shape }: Tensor, expected: readonly number[]): void {
  if (shape.join() === expected.join()) return
  throw new Error(`expected ${what} ${formatShape(expected)}, got ${formatShape(shape)}`)
}

/** @param factor of a law whose sums are longer */
function expectClose(what: string, found: Tensor, expected: Tensor, factor = 1): void {
  expectShape(what, found, expected.shape)
  const limit = factor * roundings[expected.dtype as Float]
  const apart = difference(found, expected)
  if (apart <= limit) return
  throw new Error(`expected ${what} within ${limit} of what it must be, got ${apart.toPrecision(3)}`)
}

function expectSame(what: string, found: unknown, expected: unknown): void {
  const [a, b] = [JSON.stringify(found), JSON.stringify(expected)]
  if (a !== b) throw new Error(`expected ${what} ${b}, got ${a}`)
}

/** Standard normal vectors. */
const drawn = (seed: number, count: number, size: number, { dtype }: Tensor): Tensor =>
  key(seed)
    .child('points')
    .normal([count, size], dtype as Float)

const applied = (A: Tensor, x: Tensor): Tensor => squeeze(matmul(A, expandDims(x, 2)), 2)

const chainOf = (net: Network): Chain => new Chain('laws', net.layers, net.dtype)

const hashesOf = (code: RegionCode): string[] => code.hash()

/** Every layer, and those within. */
const allOf = (layers: readonly Layer[]): Layer[] =>
  layers.flatMap((layer) => [layer, ...allOf(layer.inside)])

export const laws: readonly Law[] = [
  {
    name: 'output = A x + b on the region of x',
    holds(net, x) {
      const [N] = x.shape
      const { output, code } = net.forward(x)
      const { A, b } = net.localAffine(code)
      expectShape('A', A, [N, net.outputs, net.inputs])
      expectShape('b', b, [N, net.outputs])
      expectShape('output', output, [N, net.outputs])
      expectClose('A x + b', add(applied(A, x), b), output)
      expectSame('the code of regionCode', hashesOf(net.regionCode(x)), hashesOf(code))
    },
  },
  {
    name: 'push and pull are adjoint: ⟨g, push v⟩ = ⟨pull g, v⟩, and both are the map that they say',
    holds(net, x, seed) {
      const [N] = x.shape
      const chain = chainOf(net)
      const { words } = net.regionCode(x)
      const v = reshape(drawn(seed + 1, N * 2, net.inputs, x), [N, 2, net.inputs])
      const g = reshape(drawn(seed + 2, N * 2, net.outputs, x), [N, 2, net.outputs])
      const [pushed, pulled] = [chain.push(words, v) as Tensor, chain.pull(words, g) as Tensor]
      expectShape('push v', pushed, [N, 2, net.outputs])
      expectShape('pull g', pulled, [N, 2, net.inputs])
      expectClose('⟨g, push v⟩', sum(mul(g, pushed)), sum(mul(pulled, v)), 10)
      const A = net.jacobian(x)
      expectClose('push v', pushed, matmul(v, A, { transposeB: true }))
      expectClose('pull g', pulled, matmul(g, A))
    },
  },
  {
    name: 'the unit vectors forward and backward are the Jacobian, whichever way is cheaper',
    holds(net, x) {
      const [N] = x.shape
      const chain = chainOf(net)
      const { words } = net.regionCode(x)
      const { inputs, outputs } = net
      const [columns, rows] = [chain.push(words, null), chain.pull(words, null)]
      const A = net.jacobian(x)
      if (columns !== null) {
        const all = broadcastTo(columns, [N, inputs, outputs])
        expectClose('push of the unit vectors', transpose(all, [0, 2, 1]), A)
      }
      if (rows !== null) expectClose('pull of the unit vectors', broadcastTo(rows, [N, outputs, inputs]), A)
      expectClose('tangents', transpose(net.tangents(x), [0, 2, 1]), A)
    },
  },
  {
    name: 'factors of tangents and Jacobians multiply to them',
    holds(net, x) {
      const A = net.jacobian(x)
      const { rows: M, readin, skip } = net.jacobianFactors(x)
      const product = readin === null ? M : matmul(M, readin)
      expectClose('the product of jacobianFactors', skip === null ? product : add(product, skip), A)
      const { rows, readout } = net.tangentFactors(x)
      const tangents = readout === null ? rows : matmul(rows, readout, { transposeB: true })
      expectClose('the product of tangentFactors', tangents, transpose(A, [0, 2, 1]))
    },
  },
  {
    name: 'push is the jvp and pull the vjp of automatic differentiation, states held',
    holds(net, x, seed) {
      const [N] = x.shape
      const v = drawn(seed + 1, N, net.inputs, x)
      const g = drawn(seed + 2, N, net.outputs, x)
      const { tangent } = jvp((y: Tensor) => net.apply(y), x, v)
      expectClose('push v', net.applyJacobian(x, v), tangent)
      const { pullback } = vjp((y: Tensor) => net.apply(y), x)
      const pulled = squeeze(matmul(expandDims(g, 1), net.jacobian(x)), 1)
      expectClose('pull g', pulled, pullback(g))
    },
  },
  {
    name: 'A x + b has the derivatives in the parameters that the output has',
    holds(net, x, seed) {
      const g = drawn(seed + 2, x.shape[0], net.outputs, x)
      const { parameters } = net
      if (parameters.length === 0) return
      const values = parameters.map(({ value }) => value)
      const derivatives = (f: () => Tensor): readonly Tensor[] =>
        grad((at: readonly Tensor[]) => withValues(parameters, at, () => sum(mul(g, f()))))(values)
      const code = net.regionCode(x)
      const found = derivatives(() => {
        const { A, b } = net.localAffine(code)
        return add(applied(A, x), b)
      })
      const expected = derivatives(() => net.apply(x))
      expected.forEach((each, i) => {
        expectClose(`the derivative of A x + b in '${parameters[i].name}'`, found[i], each, 10)
      })
    },
  },
  {
    name: 'a code comes back from its states, and is equal to itself alone',
    holds(net, x) {
      const [N] = x.shape
      const code = net.regionCode(x)
      const again = net.codeFromStates(code.states())
      expectSame('the code of its states', hashesOf(again), hashesOf(code))
      expectSame('which codes are equal', again.equals(code).toArray(), new Array(N).fill(1))
      const states = code.states().toArray() as number[][]
      const following = Int32Array.from({ length: N }, (_, n) => (n + 1) % N)
      const next = code.gather(tensor(following))
      const differing = states.map(
        (row, n) => row.filter((state, u) => state !== states[(n + 1) % N][u]).length,
      )
      expectSame('how many states differ', code.differing(next).toArray(), differing)
    },
  },
  {
    name: 'inside a region the code and the map stay the same',
    holds(net, x, seed) {
      const home = net.regionCode(x)
      const v = drawn(seed + 3, x.shape[0], net.inputs, x)
      // Half of the way to the first change that bisection finds, if there is one.
      const at = (t: number) => add(x, mul(v, t))
      const isHome = (t: number) => (net.regionCode(at(t)).equals(home).toArray() as number[]).every(Boolean)
      let [inside, outside] = [0, 4]
      for (let step = 0; step < 30; step++) {
        const middle = (inside + outside) / 2
        if (isHome(middle)) inside = middle
        else outside = middle
      }
      for (const share of [0.1, 0.5, 0.9]) {
        expectSame(
          `whether the region is convex, at ${share} of the way to its wall`,
          isHome(share * inside),
          true,
        )
        const { A, b } = net.localAffine(home)
        expectClose('A x + b', add(applied(A, at(share * inside)), b), net.apply(at(share * inside)))
      }
    },
  },
  {
    name: 'a walk along the steps comes to the output, and every unit takes the largest of its candidates',
    holds(net, x) {
      const { output, code } = net.forward(x)
      const { output: end, states, margins } = walked(net, x)
      expectClose('the end of the walk', end, output)
      const found = code.states().toArray() as number[][]
      // Nearer to each other than rounding either is the largest.
      const near = roundings[x.dtype as Float]
      states.forEach((row, n) => {
        expectSame('how many units the walk meets', row.length, found[n].length)
        row.forEach((state, u) => {
          if (margins[n][u] > near) expectSame(`the state of unit ${u} of point ${n}`, found[n][u], state)
        })
      })
    },
  },
  {
    name: 'what units choose among, in plain numbers, is what they compute',
    holds(net, x) {
      net.walk<Tensor>(
        {
          affine: (map, bias, v) => {
            const moved = map === null ? v : map.apply(v)
            return bias === null ? moved : add(moved, bias)
          },
          pieces(pieces, v) {
            const { output } = pieces.forward(v)
            expectClose('the outputs of choice()', chosen(pieces, v), output)
            return output
          },
          add: (a, b) => add(a, b),
        },
        x,
      )
    },
  },
  {
    name: 'a layer says what it is: its kind and name, its dtype, its units, and parameters that are among its values',
    holds(net, x) {
      for (const layer of allOf(net.layers)) {
        const { kind, name, dtype, parameters, values, groups } = layer
        const description = layer.describe()
        expectSame('kind and name of describe()', [description.kind, description.name], [kind, name])
        const held = new Set(Object.values(values).map(({ value }) => value))
        const lost = parameters.find(({ value }) => !held.has(value))
        if (lost !== undefined)
          throw new Error(`expected the parameter '${lost.name}' among the values of '${name}', got none`)
        for (const value of held) expectSame(`the dtype of '${name}'`, dtype, value.dtype)
        if (groups.some(({ units, states }) => !(units >= 1 && states >= 2)))
          throw new Error(
            `expected groups of '${name}' with units of two states or more, got ${JSON.stringify(groups)}`,
          )
      }
      expectSame('the units of all groups', net.regionCode(x).states().shape[1], unitsOf(net))
    },
  },
  {
    name: 'a layer comes back from its description and its values',
    holds(net, x, _, kinds) {
      if (kinds === null) return
      const described = () => net.layers.map((layer) => layer.describe())
      const written = JSON.parse(JSON.stringify(described())) as LayerDescription[]
      const values = Object.entries(valuesOf(net.name, net)).map(([place, { value }]) => [
        place,
        tensor(value.dataSync().slice(), { shape: value.shape, dtype: value.dtype }),
      ])
      const copy = readNetwork(net.name, written, Object.fromEntries(values), net.dtype, kinds)
      expectSame(
        'the description of the copy',
        copy.layers.map((layer) => layer.describe()),
        described(),
      )
      const names = ({ parameters }: Network) => parameters.map(({ name, value }) => [name, value.shape])
      expectSame('the parameters of the copy', names(copy), names(net))
      const [was, is] = [net.forward(x), copy.forward(x)]
      expectSame('the output of the copy', [...is.output.dataSync()], [...was.output.dataSync()])
      expectSame('the code of the copy', hashesOf(is.code), hashesOf(was.code))
      for (const { value } of Object.values(valuesOf(net.name, copy))) value.dispose()
    },
  },
]

const unitsOf = ({ groups }: Network): number => groups.reduce((sum, { units }) => sum + units, 0)

/** The units of points [N, inputs] by {@link Pieces.choice} alone. */
function chosen(pieces: Pieces, p: Tensor): Tensor {
  const [N, inputs] = p.shape
  const { units, states } = pieces
  const numbers = p.dataSync()
  const choice = pieces.choice()
  const output = Float64Array.from({ length: N * units }, (_, i) => {
    const [n, u] = [Math.floor(i / units), i % units]
    if (choice.kind === 'sign') {
      const own = numbers[n * inputs + u]
      return own > 0 ? own : choice.slope * own
    }
    let largest = Number.NEGATIVE_INFINITY
    for (let k = 0; k < states; k++) {
      const place = choice.places[u * states + k]
      if (place >= 0) largest = Math.max(largest, numbers[n * inputs + place])
    }
    return largest
  })
  return tensor(output, { shape: [N, units], dtype: p.dtype })
}
