/** Numbers of one tensor as every contender can take them, row-major. */
export interface HostArray {
  readonly shape: readonly number[]
  readonly values: Float32Array
}

export type Arrays = Readonly<Record<string, HostArray>>

/** How the operands of a product lie: `nn` a [m, k] and b [k, n]; `tn` a [k, m]; `nt` b [n, k]. */
export type Layout = 'nn' | 'tn' | 'nt'

/** One product `[m, k] · [k, n]`. */
export interface MatmulWork {
  readonly kind: 'matmul'
  readonly m: number
  readonly k: number
  readonly n: number
  readonly layout: Layout
}

/** One ReLU layer `max(x Wᵀ + b, 0)`, x [batch, inputs], W [outputs, inputs], with and without the states of its units. */
export interface AffineWork {
  readonly kind: 'affine'
  readonly batch: number
  readonly inputs: number
  readonly outputs: number
}

/** Output Jacobians and offsets of a ReLU network with a linear last layer, from samples x [batch, sizes[0]]. */
export interface LocalAffineWork {
  readonly kind: 'localAffine'
  readonly batch: number
  readonly sizes: readonly number[]
}

/** One map over `size` numbers: `exp(a)` or `a + b`. */
export interface ElementwiseWork {
  readonly kind: 'elementwise'
  readonly f: 'exp' | 'add'
  readonly size: number
}

/** `length` additions one after the other, `a + b + … + b`, of so few numbers that what counts is the cost of an op. */
export interface ChainWork {
  readonly kind: 'chain'
  readonly size: number
  readonly length: number
  /** Whether each has a scope of its own, where a library has scopes. */
  readonly scoped: boolean
}

/** A sum over one axis of a [rows, columns], or over both. */
export interface ReductionWork {
  readonly kind: 'reduction'
  readonly rows: number
  readonly columns: number
  readonly axis?: 0 | 1
}

export const objectiveNames = [
  'ae',
  'denoising',
  'contractive',
  'higherOrderContractive',
  'lieGroupFirstOrder',
  'lieGroupSecondOrder',
] as const

export type ObjectiveName = (typeof objectiveNames)[number]

/** One Adam training step of an autoencoder with ReLU everywhere but on the last layer. */
export interface StepWork {
  readonly kind: 'step'
  readonly objective: ObjectiveName
  readonly input: number
  readonly encoderHidden: readonly number[]
  readonly bottleneck: number
  readonly decoderHidden: readonly number[]
  readonly batch: number
  /** Whether libraries that record a step are timed without that too. */
  readonly eager?: boolean
}

/**
 * One convolution with ReLU, `max(x ⋆ W + b, 0)`: x [batch, channels, size, size], W [filters, channels, 3, 3], stride 1, zeros of width 1 around
 * the image, so that the output is [batch, filters, size, size].
 */
export interface ConvWork {
  readonly kind: 'conv'
  /** `training`: mean squared error against a target, all gradients, and a step along those of W and b. */
  readonly pass: 'forward' | 'training'
  readonly batch: number
  readonly channels: number
  readonly filters: number
  readonly size: number
  /** Whether other layers stand before it, so that training needs the gradient with respect to x as well. */
  readonly inner: boolean
}

export type Work =
  | MatmulWork
  | AffineWork
  | LocalAffineWork
  | ElementwiseWork
  | ChainWork
  | ReductionWork
  | StepWork
  | ConvWork
export type WorkKind = Work['kind']
export type WorkOf<K extends WorkKind> = Extract<Work, { kind: K }>
