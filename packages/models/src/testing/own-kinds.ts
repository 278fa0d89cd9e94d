import {
  activate,
  add,
  applySlopes,
  broadcastTo,
  concat,
  expandDims,
  eye,
  type Key,
  key,
  mul,
  reluActivation,
  type Shape,
  sub,
  type Tensor,
  zerosLike,
} from '@facet/tensor'
import {
  AffineLayer,
  type Layer,
  type LayerDescription,
  type LayerKind,
  MatrixMap,
  Network,
  Parameter,
  type Pieces,
  type SignChoice,
} from '../index.ts'
import type { Float } from '../layers/layer.ts'

/** `y = s ⊙ x`, s learned: a map alone. */
export class Scale extends AffineLayer {
  readonly kind: string = 'scale'
  readonly factors: Parameter

  constructor(name: string, factors: Tensor) {
    super(name, factors.shape, factors.shape, factors.dtype as Float, null)
    this.factors = new Parameter(`${name}.factors`, factors)
  }

  override get values() {
    return { factors: this.factors }
  }

  linear(): MatrixMap {
    return new MatrixMap(mul(eye(this.inputs[0], this.dtype as Float), this.factors.value))
  }

  shift(): null {
    return null
  }

  describe(): LayerDescription & { readonly inputs: Shape } {
    return { kind: this.kind, name: this.name, inputs: this.inputs }
  }

  toString(): string {
    return 'scale'
  }
}

export const scaleKind: LayerKind = {
  kind: 'scale',
  layer: Scale,
  read: (name, description, source) =>
    new Scale(name, source.tensor('factors', (description as ReturnType<Scale['describe']>).inputs)),
}

/** p where p > 0, else a p with one learned slope a for all units. */
class SlopePieces implements Pieces {
  readonly inputs: number
  readonly units: number
  readonly states = 2
  readonly isSign = true
  readonly #slope: { value: Tensor }

  constructor(units: number, slope: { value: Tensor }) {
    this.inputs = units
    this.units = units
    this.#slope = slope
  }

  forward(p: Tensor): { output: Tensor; words: Tensor } {
    const { output, code } = activate(p, reluActivation)
    return { output: this.#mixed(output, p), words: code }
  }

  push(words: Tensor, v: Tensor): Tensor {
    const all = broadcastTo(v, [words.shape[0], ...v.shape.slice(1)])
    return this.#mixed(applySlopes(words, all, reluActivation), all)
  }

  pull(words: Tensor, g: Tensor): Tensor {
    return this.push(words, g)
  }

  candidates(p: Tensor): Tensor {
    const column = expandDims(p, 2)
    return concat([zerosLike(column), column], 2)
  }

  choice(): SignChoice {
    return { kind: 'sign', slope: this.#slope.value.dataSync()[0] }
  }

  /** What passes, and the slope times the rest. */
  #mixed(passed: Tensor, all: Tensor): Tensor {
    return add(passed, mul(sub(all, passed), this.#slope.value))
  }
}

/** He et al. (2015): a ReLU whose slope below 0 is learned; units with states. */
export class PRelu extends AffineLayer {
  readonly kind = 'prelu'
  readonly slope: Parameter

  constructor(name: string, inputs: Shape, slope: Tensor) {
    const parameter = new Parameter(`${name}.slope`, slope)
    super(name, inputs, inputs, slope.dtype as Float, new SlopePieces(inputs[0], parameter))
    this.slope = parameter
  }

  override get values() {
    return { slope: this.slope }
  }

  linear(): null {
    return null
  }

  shift(): null {
    return null
  }

  describe(): LayerDescription & { readonly inputs: Shape } {
    return { kind: this.kind, name: this.name, inputs: this.inputs }
  }

  toString(): string {
    return 'prelu'
  }
}

export const preluKind: LayerKind = {
  kind: 'prelu',
  layer: PRelu,
  read: (name, description, source) =>
    new PRelu(name, (description as ReturnType<PRelu['describe']>).inputs, source.tensor('slope', [1])),
}

const drawnLayer = (key: Key, kind: 'scale' | 'prelu', size: number, name: string): Layer =>
  kind === 'scale'
    ? new Scale(name, key.normal([size], 'float64'))
    : new PRelu(name, [size], key.uniform([1], { dtype: 'float64', low: -0.5, high: 0.9 }))

const sizes = [1, 2, 5, 40]

/** Kinds that are not in the table, and networks of one such layer between two of the other. */
export const ownKinds = ([scaleKind, preluKind] as const).map((row, i) => ({
  row,
  network(seed: number): Network {
    const own = key(seed).child(row.kind)
    const size = sizes[Math.floor(sizes.length * own.uniformArray(1)[0])]
    const kinds = i === 0 ? (['scale', 'prelu', 'scale'] as const) : (['prelu', 'scale', 'prelu'] as const)
    const layers = kinds.map((kind, l) => drawnLayer(own.child(l), kind, size, `own.${l}`))
    return new Network(seed % 2 === 0 ? layers.slice(0, 1) : layers, 'own')
  },
}))
