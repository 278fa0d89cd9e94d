import { checkDType } from '../dtype.ts'
import { broadcastShapes } from '../shape.ts'
import { expectKind, type Kind, type OpTable, type Row, same } from './row.ts'

type Plain = Row<Record<string, never>>

const elementwise = (kind: Kind): Plain => ({
  outputs(op, [x]) {
    expectKind(op, kind, x.dtype)
    return [{ shape: x.shape, dtype: x.dtype }]
  },
})

const predicate: Plain = {
  outputs(op, [x]) {
    expectKind(op, 'float', x.dtype)
    return [{ shape: x.shape, dtype: 'bool' }]
  },
}

const arithmetic = (kind: Kind): Plain => ({
  outputs(op, [a, b]) {
    const dtype = same(op, a, b)
    expectKind(op, kind, dtype)
    return [{ shape: broadcastShapes(op, a.shape, b.shape), dtype }]
  },
})

const comparison: Plain = {
  outputs(op, [a, b]) {
    same(op, a, b)
    return [{ shape: broadcastShapes(op, a.shape, b.shape), dtype: 'bool' }]
  },
}

const logical: Plain = {
  outputs(op, [a, b]) {
    expectKind(op, 'bool', same(op, a, b))
    return [{ shape: broadcastShapes(op, a.shape, b.shape), dtype: 'bool' }]
  },
}
export const elementwiseRows = {
  neg: elementwise('signed'),
  abs: elementwise('signed'),
  sign: elementwise('signed'),
  square: elementwise('number'),
  exp: elementwise('float'),
  expm1: elementwise('float'),
  log: elementwise('float'),
  log1p: elementwise('float'),
  sqrt: elementwise('float'),
  reciprocal: elementwise('float'),
  sin: elementwise('float'),
  cos: elementwise('float'),
  tanh: elementwise('float'),
  sigmoid: elementwise('float'),
  floor: elementwise('float'),
  ceil: elementwise('float'),
  round: elementwise('float'),
  logicalNot: elementwise('bool'),
  isNaN: predicate,
  isFinite: predicate,
  cast: {
    outputs(op, [x], { dtype }) {
      checkDType(op, dtype)
      return [{ shape: x.shape, dtype }]
    },
  },
  stopGradient: { outputs: (_op, [x]) => [x], viewOffset: () => 0 },
  add: arithmetic('number'),
  sub: arithmetic('number'),
  mul: arithmetic('number'),
  div: arithmetic('float'),
  pow: arithmetic('float'),
  maximum: arithmetic('number'),
  minimum: arithmetic('number'),
  equal: comparison,
  notEqual: comparison,
  less: comparison,
  lessEqual: comparison,
  greater: comparison,
  greaterEqual: comparison,
  logicalAnd: logical,
  logicalOr: logical,
  where: {
    outputs(op, [condition, a, b]) {
      if (condition.dtype !== 'bool')
        throw new TypeError(`${op}: expected a bool condition, got ${condition.dtype}`)
      const dtype = same(op, a, b)
      return [{ shape: broadcastShapes(op, condition.shape, broadcastShapes(op, a.shape, b.shape)), dtype }]
    },
  },
} satisfies Partial<OpTable>
