import { add, expandDims, type Shape, sizeOf, squeeze, type Tensor, transpose } from '@facet/tensor'
import { Parameter } from '../parameter.ts'
import type {
  Float,
  JacobianFactors,
  Layer,
  LayerCode,
  LayerDescription,
  LayerWalk,
  TangentFactors,
  UnitCost,
  UnitGroup,
  Vectors,
} from './layer.ts'
import type { LinearMap } from './maps/linear-map.ts'
import type { Pieces } from './pieces/pieces.ts'
import { onRows, vectorsOf } from './vectors.ts'

/**
 * A layer of three steps, any of which may be missing: a linear map, a bias, and units that choose among pieces. A kind says what
 * they are; all else follows from them. Layers of one's own extend it as well (`docs/decisions/0054`): {@link checkLayer} tries whether one keeps what
 * networks rely on, and files take its row as `kinds`.
 *
 * @example
 * import { eye, init, key, mul, type Tensor, tensor } from '@facet/tensor'
 * import { AffineLayer, autoencoder, Autoencoder, checkLayer, fit, type LayerKind, loadModel, MatrixMap, Network, Parameter, saveModel } from '@facet/models'
 * await init()
 * class Scale extends AffineLayer {
 *   readonly kind = 'scale'
 *   readonly factors: Parameter
 *   constructor(name: string, factors: Tensor) {
 *     super(name, factors.shape, factors.shape, 'float32', null)
 *     this.factors = new Parameter(`${name}.factors`, factors)
 *   }
 *   override get values() { return { factors: this.factors } }
 *   linear() { return new MatrixMap(mul(eye(this.inputs[0]), this.factors.value)) }
 *   shift() { return null }
 *   describe() { return { kind: this.kind, name: this.name, inputs: this.inputs } }
 *   toString() { return 'scale' }
 * }
 * const row: LayerKind = {
 *   kind: 'scale',
 *   layer: Scale,
 *   read: (name, description, source) => new Scale(name, source.tensor('factors', (description as ReturnType<Scale['describe']>).inputs)),
 * }
 * const x = key('x').normal([64, 4])
 * checkLayer(new Scale('scale', tensor([1, 2, 3, 4])), x, { kind: row })
 * const { encoder, decoder } = autoencoder({ input: 4, bottleneck: 2 })
 * const model = new Autoencoder(new Network([new Scale('scale', tensor([1, 1, 1, 1])), ...encoder.layers], 'encoder'), decoder)
 * await fit(model, x, { epochs: 5, batchSize: 16 }) // the factors are trained as well
 * const copy = loadModel(await saveModel(model, { kinds: [row] }), { kinds: [row] })
 */
export abstract class AffineLayer implements Layer {
  abstract readonly kind: string
  readonly name: string
  readonly inputs: Shape
  readonly outputs: Shape
  readonly dtype: Float | null
  readonly inside: readonly Layer[] = []
  readonly pieces: Pieces | null
  readonly groups: readonly UnitGroup[]

  constructor(name: string, inputs: Shape, outputs: Shape, dtype: Float | null, pieces: Pieces | null) {
    this.name = name
    this.inputs = inputs
    this.outputs = outputs
    this.dtype = dtype
    this.pieces = pieces
    this.groups = pieces === null ? [] : [{ units: pieces.units, states: pieces.states }]
  }

  /** The present linear map: parameters change. */
  abstract linear(): LinearMap | null
  /** The present bias of every unit, [out]. */
  abstract shift(): Tensor | null
  abstract describe(): LayerDescription
  abstract toString(): string

  /** Those of the values that are trained. */
  get parameters(): readonly Parameter[] {
    return Object.values(this.values).filter((value) => value instanceof Parameter)
  }

  get values(): Readonly<Record<string, { value: Tensor }>> {
    return {}
  }

  get isRectified(): boolean {
    return false
  }

  get isTranslation(): boolean {
    return this.pieces === null && this.linear() === null
  }

  get cost(): number {
    return this.linear()?.cost ?? 0
  }

  get unitCost(): UnitCost {
    const { cost } = this
    return { push: cost, pull: cost }
  }

  forward(x: Tensor): { output: Tensor; code: LayerCode } {
    const inside = this.firstSteps(x)
    if (this.pieces === null) return { output: inside, code: [] }
    const { output, words } = this.pieces.forward(inside)
    return { output, code: [words] }
  }

  hold([words]: LayerCode, x: Tensor | null): Tensor | null {
    const inside = x === null ? this.#atZero() : this.firstSteps(x)
    if (inside === null || this.pieces === null) return inside
    return squeeze(this.pieces.push(words, expandDims(inside, 1)), 1)
  }

  push([words]: LayerCode, v: Vectors): Vectors {
    const moved = this.pushLinear(v)
    return this.pieces === null ? moved : this.pieces.push(words, this.#vectors(moved, this.pieces.inputs))
  }

  pull(code: LayerCode, g: Vectors): Vectors {
    const { pieces, unitCost, inputs } = this
    // Unit vectors go forward, and are turned round, where that costs less.
    if (g === null && pieces !== null && (unitCost.push === 0 || sizeOf(inputs) <= pieces.units))
      return transpose(this.#vectors(this.push(code, null), pieces.units), [0, 2, 1])
    return this.pullLinear(this.behind(code, g))
  }

  tangentFactors(code: LayerCode, v: Vectors): TangentFactors {
    return { rows: this.#vectors(this.push(code, v), sizeOf(this.outputs)), readout: null }
  }

  jacobianFactors(code: LayerCode, g: Vectors): JacobianFactors {
    return { rows: this.#vectors(this.pull(code, g), sizeOf(this.inputs)), readin: null, skip: null }
  }

  walk<V>(walk: LayerWalk<V>, v: V): V {
    const [linear, bias] = [this.linear(), this.shift()]
    const inside = linear === null && bias === null ? v : walk.affine(linear, bias, v)
    return this.pieces === null ? inside : walk.pieces(this.pieces, inside)
  }

  /** Rows over the outputs, pulled back through the states alone. */
  protected behind([words]: LayerCode, g: Vectors): Vectors {
    return this.pieces === null ? g : this.pieces.pull(words, this.#vectors(g, this.pieces.units))
  }

  protected pushLinear(v: Vectors): Vectors {
    const linear = this.linear()
    return linear === null ? v : onRows(this.#vectors(v, linear.inputs), (rows) => linear.apply(rows))
  }

  protected pullLinear(g: Vectors): Vectors {
    const linear = this.linear()
    return linear === null
      ? g
      : onRows(this.#vectors(g, linear.outputs), (rows) => linear.applyTransposed(rows))
  }

  /** A layer without numbers is given the unit vectors themselves: it knows no dtype. */
  #vectors(v: Vectors, size: number): Tensor {
    return vectorsOf(v, size, this.dtype as Float)
  }

  /** Map and bias. */
  protected firstSteps(x: Tensor): Tensor {
    const [linear, bias] = [this.linear(), this.shift()]
    const inside = linear === null ? x : linear.apply(x)
    return bias === null ? inside : add(inside, bias)
  }

  #atZero(): Tensor | null {
    const bias = this.shift()
    return bias === null ? null : expandDims(bias, 0)
  }
}
