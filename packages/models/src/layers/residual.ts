import {
  add,
  broadcastTo,
  concat,
  eye,
  formatShape,
  matmul,
  sizeOf,
  type Tensor,
  transpose,
} from '@facet/tensor'
import {
  anything,
  aText,
  aValue,
  expectBoolean,
  type OptionsOf,
  optionTable,
  required,
} from '@facet/tensor/checks'
import { Parameter } from '../parameter.ts'
import { Chain } from './chain.ts'
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
import { type LayerKind, rowOfKind } from './layer-kind.ts'
import { MatrixMap } from './maps/matrix-map.ts'
import { aBias } from './options.ts'
import { onRows } from './vectors.ts'

const residualOptions = optionTable('Residual', {
  /** Begins the name of the skip. */
  name: required(aText),
  /** The inner network, layer by layer; residual layers among them may be nested. */
  layers: required(anything<readonly Layer[]>()),
  /** P [out, in], which becomes the parameter `<name>.skip.weight`; `null` for the identity. */
  skip: required(aBias),
})

/** What a {@link Residual} layer is made of. */
export type ResidualOptions = OptionsOf<typeof residualOptions>

/** A {@link Residual} layer without its numbers. */
export interface ResidualDescription extends LayerDescription {
  readonly layers: readonly LayerDescription[]
  readonly skip: boolean
}

/**
 * `inner(x) + P x`, or `inner(x) + x`, with no activation after the sum. Every local map of the inner layers gains P, and the walls are theirs.
 *
 * @throws Error for inner layers that do not fit each other, a skip of another shape or dtype than they ask for, or none where they
 * change the number of dimensions; TypeError for an option that is unknown or none of its kind.
 * @example
 * import { init, key } from '@facet/tensor'
 * import { Network, network, Residual } from '@facet/models'
 * await init()
 * const { layers } = network({ sizes: [3, 8, 3], activations: ['relu', 'identity'], key: key(0) })
 * const net = new Network([new Residual({ name: 'block', layers, skip: null })])
 * net.apply(key('x').normal([5, 3])) // inner(x) + x
 */
export class Residual implements Layer {
  readonly kind = 'residual'
  readonly name: string
  readonly inputs: Layer['inputs']
  readonly outputs: Layer['outputs']
  readonly dtype: Float | null
  readonly groups: readonly UnitGroup[]
  readonly isTranslation = false
  readonly isRectified = false
  readonly inner: Chain
  readonly skip: Parameter | null

  constructor(options: ResidualOptions) {
    const { name, layers, skip } = residualOptions.resolve(options)
    const inner = new Chain(`Residual '${name}'`, layers, (skip?.dtype ?? null) as Float | null)
    checkSkip(name, inner, skip)
    this.name = name
    this.inner = inner
    this.inputs = layers[0].inputs
    this.outputs = layers[layers.length - 1].outputs
    this.dtype = inner.dtype
    this.groups = inner.groups
    this.skip = skip === null ? null : new Parameter(`${name}.skip.weight`, skip)
  }

  get [rowOfKind](): LayerKind {
    return residualKind
  }

  /** Those of the inner layers in order, then the skip. */
  get parameters(): readonly Parameter[] {
    const own = this.inner.layers.flatMap(({ parameters }) => parameters)
    return this.skip === null ? own : [...own, this.skip]
  }

  get inside(): readonly Layer[] {
    return this.inner.layers
  }

  get values(): Readonly<Record<string, { value: Tensor }>> {
    const own = this.inner.layers.flatMap(({ values }, l) =>
      Object.entries(values).map(([place, value]) => [`${l}.${place}`, value]),
    )
    return { ...Object.fromEntries(own), ...(this.skip === null ? {} : { 'skip.weight': this.skip }) }
  }

  get cost(): number {
    return this.inner.cost + (this.#map()?.cost ?? 0)
  }

  /** The skip costs unit vectors nothing. */
  get unitCost(): UnitCost {
    return this.inner.unitCost
  }

  forward(x: Tensor): { output: Tensor; code: LayerCode } {
    const { output, code } = this.inner.forward(x)
    return { output: add(output, this.#past(x)), code }
  }

  hold(code: LayerCode, x: Tensor | null): Tensor | null {
    const held = this.inner.hold(code, x)
    if (x === null) return held
    return held === null ? this.#past(x) : add(held, this.#past(x))
  }

  push(code: LayerCode, v: Vectors): Vectors {
    return add(this.inner.vectors(this.inner.push(code, v), this.inner.outputs), this.#pushPast(v))
  }

  pull(code: LayerCode, g: Vectors): Vectors {
    return add(this.inner.vectors(this.inner.pull(code, g), this.inner.inputs), this.#pullPast(g))
  }

  /** P is more columns of the readout, and the rows of them are the vectors that came in. */
  tangentFactors(code: LayerCode, v: Vectors): TangentFactors {
    const { rows, readout } = this.inner.tangentFactors(code, v)
    if (readout === null) return { rows: add(rows, this.#pushPast(v)), readout }
    const { inputs, outputs } = this.inner
    const came = this.inner.vectors(v, inputs)
    const past = broadcastTo(came, [rows.shape[0], came.shape[1], inputs])
    const skip = this.skip?.value ?? eye(outputs, rows.dtype)
    return { rows: concat([rows, past], 2), readout: concat([readout, skip], 1) }
  }

  /** Behind the unit vectors P is the same for all samples, and stays apart. */
  jacobianFactors(code: LayerCode, g: Vectors): JacobianFactors {
    if (g !== null) return { rows: this.pull(code, g) as Tensor, readin: null, skip: null }
    const factors = this.inner.jacobianFactors(code, g)
    if (factors.readin === null) return { ...factors, rows: add(factors.rows, this.#pullPast(g)) }
    const own = this.skip?.value ?? eye(this.inner.inputs, factors.rows.dtype)
    return { ...factors, skip: factors.skip === null ? own : add(factors.skip, own) }
  }

  walk<V>(walk: LayerWalk<V>, v: V): V {
    const map = this.#map()
    return walk.add(this.inner.walk(walk, v), map === null ? v : walk.affine(map, null, v))
  }

  describe(): ResidualDescription {
    const layers = this.inner.layers.map((layer) => layer.describe())
    return { kind: this.kind, name: this.name, layers, skip: this.skip !== null }
  }

  toString(): string {
    return `residual(${this.inner.layers.join('-')}${this.skip === null ? '' : ' + skip'})`
  }

  #map(): MatrixMap | null {
    return this.skip === null ? null : new MatrixMap(this.skip.value)
  }

  #past(x: Tensor): Tensor {
    return this.#map()?.apply(x) ?? x
  }

  #pushPast(v: Vectors): Tensor {
    const { inputs } = this.inner
    if (this.skip === null) return this.inner.vectors(v, inputs)
    if (v === null) return transpose(this.skip.value)
    return onRows(v, (rows) => this.#past(rows))
  }

  #pullPast(g: Vectors): Tensor {
    if (this.skip === null) return this.inner.vectors(g, this.inner.outputs)
    const { value } = this.skip
    return g === null ? value : onRows(g, (rows) => matmul(rows, value))
  }
}

const someLayers = aValue('a list of one or more layers', (value) => Array.isArray(value) && value.length > 0)

/** The row of the table of kinds. */
export const residualKind: LayerKind = {
  kind: 'residual',
  layer: Residual,
  read(name, description, source) {
    const { layers, skip } = description as ResidualDescription
    someLayers.check('loadModel', `${name}: layers`, layers)
    expectBoolean('loadModel', `${name}: skip`, skip)
    const inner = layers.map((layer, l) => source.layer(`${l}`, layer))
    const [first, last] = [inner[0], inner[inner.length - 1]]
    const shape = skip ? [sizeOf(last.outputs), sizeOf(first.inputs)] : null
    return new Residual({
      name,
      layers: inner,
      skip: shape === null ? null : source.tensor('skip.weight', shape),
    })
  },
}

function checkSkip(name: string, { inputs, outputs, dtype }: Chain, skip: Tensor | null): void {
  if (skip === null) {
    if (inputs === outputs) return
    throw new Error(
      `Residual '${name}': expected a skip [${outputs}, ${inputs}], since the inner layers lead from ${inputs} dimensions to ${outputs}, got none`,
    )
  }
  if (skip.shape.join() === `${outputs},${inputs}` && skip.dtype === dtype) return
  throw new Error(
    `Residual '${name}': expected a skip ${dtype} [${outputs}, ${inputs}], got ${skip.dtype} ${formatShape(skip.shape)}`,
  )
}
