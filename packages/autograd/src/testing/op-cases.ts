import {
  type Activation,
  absActivation,
  add,
  affine,
  eigh,
  eye,
  identityActivation,
  leakyReluActivation,
  mul,
  reluActivation,
  type Shape,
  stopGradient,
  sub,
  type Tensor,
  tensor,
} from '@facet/tensor'
import type { OpName, OpParams } from '@facet/tensor/dispatch'
import fc, { type Arbitrary } from 'fast-check'
import {
  awayFromZero,
  axesOf,
  bools,
  broadcastable,
  distinct,
  indices,
  length,
  numbers,
  shape,
  shapeAndAxis,
  tensorOf,
} from './draw.ts'

/** One call of an op at a place where it is smooth. */
export interface OpCase<N extends OpName> {
  readonly inputs: readonly Tensor[]
  readonly params: OpParams[N]
  /** Takes the inputs to where the op is defined (positive definite, …). */
  readonly prepare?: (inputs: readonly Tensor[]) => readonly Tensor[]
}

type ScalarFunction = OpParams['symmetricFunction']
type Cases<N extends OpName> = Arbitrary<OpCase<N>>

const NONE = {}
const plain = (inputs: readonly Tensor[]) => ({ inputs, params: NONE })
const ordinary = numbers(-2, 2)

const unary = (entry: Arbitrary<number>) => shape().chain((s) => tensorOf(s, entry).map((x) => plain([x])))

/** Two operands that broadcast to a common shape. */
const binaryOf = (left: (s: Shape) => Arbitrary<Tensor>, right: (s: Shape) => Arbitrary<Tensor>) =>
  shape()
    .chain((out) => fc.tuple(broadcastable(out), broadcastable(out)))
    .chain(([a, b]) => fc.tuple(left(a), right(b)))
    .map(plain)

const binary = (left: Arbitrary<number>, right: Arbitrary<number>) =>
  binaryOf(
    (s) => tensorOf(s, left),
    (s) => tensorOf(s, right),
  )

/** Never equal: multiples of 1/2 beside multiples of 1/2 plus 1/4. */
const untied = binary(
  fc.integer({ min: -4, max: 4 }).map((k) => k / 2),
  fc.integer({ min: -4, max: 4 }).map((k) => k / 2 + 0.25),
)

const reduction = (entries: (s: Shape) => Arbitrary<Tensor>, nonEmpty = false) =>
  shape()
    .filter((s) => !nonEmpty || !s.includes(0))
    .chain((s) => fc.tuple(entries(s), axesOf(s), fc.boolean()))
    .map(([x, axes, keepDims]) => ({ inputs: [x], params: { axes, keepDims } }))

const argReduction = shapeAndAxis
  .filter(([s, axis]) => s[axis] > 0)
  .chain(([s, axis]) => tensorOf(s, ordinary).map((x) => ({ inputs: [x], params: { axis } })))

const matrices = fc
  .record({
    batch: shape(0, 2),
    m: length,
    k: length,
    n: length,
    transposeA: fc.boolean(),
    transposeB: fc.boolean(),
  })
  .chain(({ batch, m, k, n, transposeA, transposeB }) =>
    fc.tuple(broadcastable(batch), broadcastable(batch)).chain(([leadA, leadB]) =>
      fc.record({
        inputs: fc.tuple(
          tensorOf([...leadA, ...(transposeA ? [k, m] : [m, k])], ordinary),
          tensorOf([...leadB, ...(transposeB ? [n, k] : [k, n])], ordinary),
        ),
        params: fc.constant({ transposeA, transposeB }),
      }),
    ),
  )
  .filter(({ inputs: [a, b] }) => a.size + b.size <= 24)

const activations = fc.constantFrom<Activation>(
  identityActivation,
  reluActivation,
  absActivation,
  leakyReluActivation(0.2),
)

/** No pre-activation near its kink at 0. */
const awayFromWalls = ([x, weight, bias]: readonly Tensor[]): boolean =>
  x.shape.at(-1) === 0 ||
  affine(x, weight, bias ?? null, identityActivation)
    .output.dataSync()
    .every((p) => Math.abs(p) > 0.005)

const layers = fc
  .record({ lead: shape(0, 2), width: length, units: length, biased: fc.boolean(), params: activations })
  .chain(({ lead, width, units, biased, params }) =>
    fc.record({
      inputs: fc.tuple(
        tensorOf([...lead, width], ordinary),
        tensorOf([units, width], ordinary),
        ...(biased ? [tensorOf([units], awayFromZero(0.1))] : []),
      ),
      params: fc.constant(params),
    }),
  )
  .filter(({ inputs }) => awayFromWalls(inputs))

const slopes = fc
  .record({ lead: shape(0, 2), extra: shape(0, 1), units: fc.constantFrom(0, 1, 3, 33), params: activations })
  .filter(({ lead, extra, units }) => [...lead, ...extra].reduce((n, l) => n * l, units) <= 66)
  .chain(({ lead, extra, units, params }) =>
    fc
      .tuple(fc.infiniteStream(fc.nat({ max: 2 ** 32 - 1 })), tensorOf([...lead, ...extra, units], ordinary))
      .map(([words, g]) => {
        const codeShape = [...lead, params.name === 'identity' ? 0 : Math.ceil(units / 32)]
        const code = Uint32Array.from(
          { length: codeShape.reduce((n, l) => n * l, 1) },
          () => words.next().value,
        )
        return { inputs: [tensor(code, { shape: codeShape }), g], params }
      }),
  )

const squares = (entry: Arbitrary<number>) =>
  fc.tuple(shape(0, 1), length).chain(([lead, n]) => tensorOf([...lead, n, n], entry))

/** Matrices beside right-hand sides. */
const systems = fc
  .tuple(shape(0, 1), length, length)
  .chain(([lead, n, m]) => fc.tuple(tensorOf([...lead, n, n], ordinary), tensorOf([...lead, n, m], ordinary)))

/** Diagonally dominant, hence positive definite, and not symmetric: the symmetric part counts. */
const definite = (x: Tensor): Tensor => add(mul(x, 0.3), mul(eye(x.shape.at(-1)!, 'float64'), 2))

/** Regular, of negative determinant where n is odd: diagonally dominant. */
const regular = (x: Tensor): Tensor => sub(mul(x, 0.3), mul(eye(x.shape.at(-1)!, 'float64'), 2))

/**
 * A generator for each op, `null` for those that take no floating numbers. A new op without an entry is a compile
 * error. Kinks and singular points are left out: there the rules follow conventions, which have their own tests.
 */
export const opCases: { readonly [N in OpName]: Cases<N> | null } = {
  neg: unary(ordinary),
  abs: unary(awayFromZero(0.1)),
  sign: unary(ordinary),
  square: unary(ordinary),
  exp: unary(ordinary),
  expm1: unary(ordinary),
  log: unary(numbers(0.4, 3)),
  log1p: unary(numbers(-0.6, 2)),
  sqrt: unary(numbers(0.4, 3)),
  reciprocal: unary(awayFromZero(0.5)),
  sin: unary(ordinary),
  cos: unary(ordinary),
  tanh: unary(ordinary),
  sigmoid: unary(ordinary),
  floor: unary(ordinary),
  ceil: unary(ordinary),
  round: unary(ordinary),
  logicalNot: null,
  isNaN: unary(ordinary),
  isFinite: unary(ordinary),
  cast: shape().chain((s) =>
    tensorOf(s, ordinary).map((x) => ({ inputs: [x], params: { dtype: 'float64' as const } })),
  ),
  stopGradient: unary(ordinary),
  add: binary(ordinary, ordinary),
  sub: binary(ordinary, ordinary),
  mul: binary(ordinary, ordinary),
  div: binary(ordinary, awayFromZero(0.5)),
  pow: binary(numbers(0.4, 2), ordinary),
  maximum: untied,
  minimum: untied,
  equal: binary(ordinary, ordinary),
  notEqual: binary(ordinary, ordinary),
  less: binary(ordinary, ordinary),
  lessEqual: binary(ordinary, ordinary),
  greater: binary(ordinary, ordinary),
  greaterEqual: binary(ordinary, ordinary),
  logicalAnd: null,
  logicalOr: null,
  where: shape()
    .chain((out) => fc.tuple(broadcastable(out), broadcastable(out), broadcastable(out)))
    .chain(([c, a, b]) => fc.tuple(bools(c), tensorOf(a, ordinary), tensorOf(b, ordinary)))
    .map(plain),
  sum: reduction((s) => tensorOf(s, ordinary)),
  prod: reduction((s) => tensorOf(s, ordinary)),
  max: reduction(distinct, true),
  min: reduction(distinct, true),
  argMax: argReduction,
  argMin: argReduction,
  cumsum: fc
    .tuple(shapeAndAxis, fc.boolean())
    .chain(([[s, axis], reverse]) =>
      tensorOf(s, ordinary).map((x) => ({ inputs: [x], params: { axis, reverse } })),
    ),
  matmul: matrices,
  reshape: shape().chain((s) =>
    fc
      .tuple(
        tensorOf(s, ordinary),
        fc.constantFrom([s.reduce((n, l) => n * l, 1)], [1, ...s], s.toReversed()),
      )
      .map(([x, target]) => ({ inputs: [x], params: { shape: target } })),
  ),
  transpose: shape().chain((s) =>
    fc
      .tuple(tensorOf(s, ordinary), fc.shuffledSubarray([...s.keys()], { minLength: s.length }))
      .map(([x, axes]) => ({ inputs: [x], params: { axes } })),
  ),
  broadcastTo: shape().chain((out) =>
    broadcastable(out).chain((s) =>
      tensorOf(s, ordinary).map((x) => ({ inputs: [x], params: { shape: out } })),
    ),
  ),
  concat: shapeAndAxis
    .chain(([s, axis]) =>
      fc.tuple(
        fc.constant(axis),
        fc
          .array(length, { minLength: 1, maxLength: 3 })
          .chain((lengths) => fc.tuple(...lengths.map((l) => tensorOf(s.with(axis, l), ordinary)))),
      ),
    )
    .map(([axis, inputs]) => ({ inputs, params: { axis } })),
  slice: shape()
    .chain((s) =>
      fc.tuple(
        tensorOf(s, ordinary),
        fc.tuple(
          ...s.map((l) =>
            fc.nat({ max: l }).chain((start) => fc.tuple(fc.constant(start), fc.nat({ max: l - start }))),
          ),
        ),
      ),
    )
    .map(([x, spans]) => ({
      inputs: [x],
      params: { starts: spans.map(([start]) => start), sizes: spans.map(([, size]) => size) },
    })),
  pad: shape(0, 2)
    .chain((s) =>
      fc.tuple(
        tensorOf(s, ordinary),
        fc.tuple(...s.map(() => fc.tuple(fc.nat({ max: 2 }), fc.nat({ max: 2 })))),
        ordinary,
      ),
    )
    .map(([x, padding, value]) => ({ inputs: [x], params: { padding, value } })),
  flip: shape().chain((s) =>
    fc.tuple(tensorOf(s, ordinary), axesOf(s)).map(([x, axes]) => ({ inputs: [x], params: { axes } })),
  ),
  gather: shapeAndAxis
    .chain(([s, axis]) =>
      fc.tuple(
        tensorOf(s, ordinary),
        shape(0, 2)
          .map((wanted) => (s[axis] === 0 ? [0, ...wanted] : wanted))
          .chain((wanted) => indices(wanted, s[axis])),
        fc.constant(axis),
      ),
    )
    .map(([x, at, axis]) => ({ inputs: [x, at], params: { axis } })),
  scatterAdd: fc
    .record({
      before: shape(0, 1),
      at: shape(0, 2),
      behind: shape(0, 1),
      size: fc.integer({ min: 1, max: 3 }),
    })
    .filter(({ before, at, behind }) => [...before, ...at, ...behind].reduce((n, l) => n * l, 1) <= 12)
    .chain(({ before, at, behind, size }) =>
      fc
        .tuple(tensorOf([...before, ...at, ...behind], ordinary), indices(at, size))
        .map((inputs) => ({ inputs, params: { axis: before.length, size } })),
    ),
  oneHot: null,
  topKMask: shape(1).chain((s) =>
    fc
      .tuple(tensorOf(s, ordinary), fc.nat({ max: s[s.length - 1] }))
      .map(([x, k]) => ({ inputs: [x], params: { k } })),
  ),
  affine: layers,
  applySlopes: slopes,
  packStates: null,
  unpackStates: null,
  countDifferingStates: null,
  cholesky: squares(ordinary).map((x) => ({ ...plain([x]), prepare: ([root]) => [definite(root)] })),
  choleskySolve: systems.map((inputs) => ({
    ...plain(inputs),
    prepare: ([root, b]) => [definite(root), b],
  })),
  solve: systems.map((inputs) => ({ ...plain(inputs), prepare: ([a, b]) => [regular(a), b] })),
  logDet: squares(ordinary).map((x) => ({ ...plain([x]), prepare: ([a]) => [regular(a)] })),
  eigh: squares(numbers(-0.5, 0.5)).map((x) => ({
    ...plain([x]),
    // Eigenvalues near 0, 3, 6: apart, and each vector's largest component is not in doubt.
    prepare: ([a]) => {
      const n = a.shape.at(-1)!
      const spread = tensor(Float64Array.from({ length: n }, (_, i) => 3 * i))
      return [add(a, mul(eye(n, 'float64'), spread))]
    },
  })),
  // Multiples of 1/2 as entries: equal eigenvalues are common. All are between 0.5 and 3.5.
  symmetricFunction: fc
    .tuple(
      squares(fc.constantFrom(-0.5, 0, 0, 0.5)).chain((x) =>
        fc.array(tensorOf(x.shape, ordinary), { maxLength: 1 }).map((directions) => [x, ...directions]),
      ),
      fc.constantFrom<ScalarFunction>(
        { kind: 'exp', exponent: 0 },
        { kind: 'log', exponent: 0 },
        ...[0.5, -0.5, -1, 3].map((exponent): ScalarFunction => ({ kind: 'power', exponent })),
      ),
    )
    .map(([inputs, params]) => ({
      inputs,
      params,
      prepare: ([x, ...directions]) => {
        const a = add(x, mul(eye(x.shape.at(-1)!, 'float64'), 2))
        const { values, vectors } = eigh(stopGradient(a))
        return [a, values, vectors, ...directions]
      },
    })),
  expm: squares(numbers(-1, 1)).map((x) => plain([x])),
}
