import { type Network, network } from '@facet/models'
import {
  type Activation,
  absActivation,
  key,
  leakyReluActivation,
  reluActivation,
  tensor,
} from '@facet/tensor'
import { exactNeighbour } from '../rays/exact-neighbour.ts'
import { plainLayers } from './plain-network.ts'
import { type RayTruth, traceRay } from './ray-oracle.ts'

type DType = 'float32' | 'float64'

/** One kind of random network. */
export interface RayCase {
  readonly name: string
  /** Of the layers. */
  readonly seed: string
  readonly activation: Activation
  readonly bias: boolean
  readonly hidden: readonly number[]
  /** With a skip, a centre and an offset around the layers. */
  readonly around: boolean
}

/**
 * ReLU, leaky ReLU and absolute value, with and without bias, 1 to 4 layers with walls; then those of 2 and 4 layers with a
 * skip, a centre and an offset around them.
 */
export function rayCases(): RayCase[] {
  const cases: RayCase[] = []
  for (const activation of [reluActivation, leakyReluActivation(0.1), absActivation]) {
    for (const bias of [true, false]) {
      for (const hidden of [[6], [6, 5], [5, 6, 4], [5, 4, 6, 5]]) {
        const name = `${activation.name}, ${bias ? 'bias' : 'zero bias'}, ${hidden.length} layers`
        cases.push({ name, seed: name, activation, bias, hidden, around: false })
      }
    }
  }
  return [...cases, ...cases.filter(({ hidden }) => hidden.length % 2 === 0).map(withSurroundings)]
}

const withSurroundings = (rayCase: RayCase): RayCase => ({
  ...rayCase,
  name: `${rayCase.name}, skip around`,
  around: true,
})

/** ReLU with bias in 2 layers, plain and with a skip, a centre and an offset around. */
export function plainAndAround(): RayCase[] {
  const plain = rayCases()[1]
  return [plain, withSurroundings(plain)]
}

/** A random network of that kind, from 2 inputs to 3 outputs. */
export function randomNetwork(
  { seed, activation, bias, hidden, around }: RayCase,
  dtype: DType = 'float64',
): Network {
  const sizes = [2, ...hidden, 3]
  const activations = [...hidden.map(() => activation), 'identity' as const]
  const normal = (part: string, shape: number[]) => key(seed).child(part).normal(shape, dtype)
  const surroundings = around && {
    skip: normal('skip', [3, 2]),
    centre: normal('centre', [2]),
    offset: normal('offset', [3]),
  }
  return network({ sizes, activations, bias, ...surroundings, key: key(seed), dtype })
}

/** Normal points or directions, as plain numbers of the given precision. */
export function normalRows(name: string, count: number, width: number, dtype: DType = 'float64'): number[][] {
  const numbers = key(name).normalArray(count * width)
  const rounded = dtype === 'float32' ? Float32Array.from(numbers) : numbers
  return Array.from({ length: count }, (_, n) => [...rounded.subarray(n * width, (n + 1) * width)])
}

/** What the engine says of one ray, read back. */
export interface RayResult {
  readonly found: boolean
  readonly t: number
  readonly code: string
  readonly point: number[]
}

/** A ray with what the engine says of it and what is true. */
export interface ComparedRay {
  readonly result: RayResult
  readonly truth: RayTruth
}

/** The exact neighbours of some rays, read back. */
export function neighboursOf(net: Network, thetas: number[][], directions: number[][]): RayResult[] {
  const dtype = net.dtype as DType
  const { found, t, code, point } = exactNeighbour(
    net,
    tensor(thetas, { dtype }),
    tensor(directions, { dtype }),
  )
  const times = t.dataSync()
  const flags = found.dataSync()
  const codes = code.states().toArray() as number[][]
  const points = point.toArray() as number[][]
  return thetas.map((_, n) => ({
    found: flags[n] === 1,
    t: times[n],
    code: codes[n].join(''),
    point: points[n],
  }))
}

/** The same beside what plain loops say. */
export function compareRays(net: Network, thetas: number[][], directions: number[][]): ComparedRay[] {
  const layers = plainLayers(net)
  return neighboursOf(net, thetas, directions).map((result, n) => ({
    result,
    truth: traceRay(layers, thetas[n], directions[n]),
  }))
}

/** What is wrong with a ray, or nothing. `precision` is of t, relative to 1 + t. */
function faultOf({ result, truth }: ComparedRay, precision: number): string | undefined {
  const exists = truth.t < Infinity
  if (result.found !== exists) return `found is ${result.found}, the first wall is at ${truth.t}`
  if (exists ? !(Math.abs(result.t - truth.t) <= precision * (1 + truth.t)) : result.t !== Infinity) {
    return `t is ${result.t}, the first wall is at ${truth.t}`
  }
  if (result.code !== truth.code) return `at ${truth.t} the code is ${result.code}, should be ${truth.code}`
  return undefined
}

/** The faults of all rays. */
export function faultsOf(rays: readonly ComparedRay[], precision = 1e-9): string[] {
  return rays.map((ray) => faultOf(ray, precision)).filter((fault) => fault !== undefined)
}
