import { formatShape, type Shape, sizeOf, type Tensor } from '@facet/tensor'
import type {
  Float,
  JacobianFactors,
  Layer,
  LayerCode,
  LayerWalk,
  TangentFactors,
  UnitCost,
  UnitGroup,
  Vectors,
} from './layer.ts'
import { vectorsOf } from './vectors.ts'

/**
 * Layers one after another, as one map: what a network and the inside of a residual layer have in common. Each layer is handed its
 * own part of the code.
 *
 * @throws Error if there is no layer, a layer takes another shape than the one before gives, or their dtypes differ.
 */
export class Chain {
  readonly layers: readonly Layer[]
  /** Of the layers' numbers; where none has any, the one that was named. */
  readonly dtype: Float | null
  readonly groups: readonly UnitGroup[]
  /** Where the groups of each layer begin, and after the last one where they end. */
  readonly #from: readonly number[]
  /** How many layers there are up to the last one that has states. */
  readonly #depth: number

  /**
   * @param operation names the chain in errors
   * @param otherwise the dtype where no layer has numbers
   */
  constructor(operation: string, layers: readonly Layer[], otherwise: Float | null = null) {
    if (layers.length === 0) throw new Error(`${operation}: expected at least one layer, got none`)
    for (let l = 1; l < layers.length; l++) checkJoint(operation, layers[l - 1], layers[l], l)
    this.layers = layers
    this.dtype = commonDtype(operation, layers) ?? otherwise
    this.groups = layers.flatMap((layer) => layer.groups)
    const from = [0]
    for (const { groups } of layers) from.push(from[from.length - 1] + groups.length)
    this.#from = from
    this.#depth = layers.findLastIndex(({ groups }) => groups.length > 0) + 1
  }

  get inputs(): number {
    return sizeOf(this.layers[0].inputs)
  }

  get outputs(): number {
    return sizeOf(this.layers[this.layers.length - 1].outputs)
  }

  get cost(): number {
    return this.layers.reduce((sum, { cost }) => sum + cost, 0)
  }

  /** Unit vectors meet the first layer that does more than add, from either end. */
  get unitCost(): UnitCost {
    const { layers, cost } = this
    const first = layers.find(isMore)
    const last = layers.findLast(isMore)
    return {
      push: cost - (first === undefined ? 0 : first.cost - first.unitCost.push),
      pull: cost - (last === undefined ? 0 : last.cost - last.unitCost.pull),
    }
  }

  forward(x: Tensor): { output: Tensor; code: LayerCode } {
    return this.#through(x, this.layers.length)
  }

  /** The code alone: layers after the last one that has states are not computed. */
  code(x: Tensor): LayerCode {
    return this.#through(x, this.#depth).code
  }

  hold(code: LayerCode, x: Tensor | null): Tensor | null {
    let y = x
    this.layers.forEach((layer, l) => {
      y = layer.hold(this.#part(code, l), y)
    })
    return y
  }

  push(code: LayerCode, v: Vectors): Vectors {
    return this.#push(code, v, this.layers.length)
  }

  pull(code: LayerCode, g: Vectors): Vectors {
    return this.#pull(code, g, 0)
  }

  tangentFactors(code: LayerCode, v: Vectors): TangentFactors {
    const last = this.layers.findLastIndex(isMore)
    if (last < 0) return { rows: this.vectors(v, this.inputs), readout: null }
    const pushed = this.#before(last, this.#push(code, v, last))
    return this.layers[last].tangentFactors(this.#part(code, last), pushed)
  }

  jacobianFactors(code: LayerCode, g: Vectors): JacobianFactors {
    const first = this.layers.findIndex(isMore)
    if (first < 0) return { rows: this.vectors(g, this.outputs), readin: null, skip: null }
    const pulled = this.#behind(first, this.#pull(code, g, first + 1))
    return this.layers[first].jacobianFactors(this.#part(code, first), pulled)
  }

  /** Stacked vectors themselves, where somebody has to multiply by them. */
  vectors(v: Vectors, size: number): Tensor {
    return vectorsOf(v, size, this.dtype as Float)
  }

  walk<V>(walk: LayerWalk<V>, v: V): V {
    return this.layers.reduce((inside, layer) => layer.walk(walk, inside), v)
  }

  #through(x: Tensor, depth: number): { output: Tensor; code: LayerCode } {
    let output = x
    const code: Tensor[] = []
    for (let l = 0; l < depth; l++) {
      const result = this.layers[l].forward(output)
      output = result.output
      code.push(...result.code)
    }
    return { output, code }
  }

  /** Through the first `depth` layers. */
  #push(code: LayerCode, v: Vectors, depth: number): Vectors {
    let pushed = v
    for (let l = 0; l < depth; l++) pushed = this.layers[l].push(this.#part(code, l), this.#before(l, pushed))
    return pushed
  }

  /** Back through the layers from `first` on. */
  #pull(code: LayerCode, g: Vectors, first: number): Vectors {
    let pulled = g
    for (let l = this.layers.length - 1; l >= first; l--)
      pulled = this.layers[l].pull(this.#part(code, l), this.#behind(l, pulled))
    return pulled
  }

  /** Vectors that a layer is given from before. */
  #before(l: number, v: Vectors): Vectors {
    return this.#given(this.layers[l], v, this.layers[l].inputs)
  }

  /** Vectors that a layer is given from behind. */
  #behind(l: number, g: Vectors): Vectors {
    return this.#given(this.layers[l], g, this.layers[l].outputs)
  }

  /** The unit vectors themselves for a layer that knows no dtype to make them of. */
  #given({ dtype, isTranslation }: Layer, v: Vectors, shape: Shape): Vectors {
    return dtype === null && !isTranslation ? this.vectors(v, sizeOf(shape)) : v
  }

  /** What of the code belongs to layer l. */
  #part(code: LayerCode, l: number): LayerCode {
    return code.slice(this.#from[l], this.#from[l + 1])
  }
}

const isMore = ({ isTranslation }: Layer): boolean => !isTranslation

/** Flat samples fit whatever reads them, images only what expects that image. */
function checkJoint(operation: string, before: Layer, layer: Layer, l: number): void {
  const [given, expected] = [before.outputs, layer.inputs]
  if (sizeOf(given) === sizeOf(expected) && (given.length < 2 || expected.length < 2)) return
  if (given.join() === expected.join()) return
  const isFlat = given.length < 2 && expected.length < 2
  throw new Error(
    isFlat
      ? `${operation}: layer ${l} expects ${expected[0]} inputs, got ${given[0]} from layer ${l - 1}`
      : `${operation}: layer ${l} expects ${formatShape(expected)}, got ${formatShape(given)} from layer ${l - 1}`,
  )
}

function commonDtype(operation: string, layers: readonly Layer[]): Float | undefined {
  const dtypes = [...new Set(layers.map(({ dtype }) => dtype).filter((dtype) => dtype !== null))]
  if (dtypes.length <= 1) return dtypes[0]
  throw new Error(`${operation}: expected layers of one dtype, got ${dtypes.join(' and ')}`)
}
