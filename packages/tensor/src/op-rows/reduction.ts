import type { AxisParams, ReduceParams } from '../op-params.ts'
import { formatShape } from '../shape.ts'
import { expectKind, type OpTable, type Row, type Spec } from './row.ts'

const reduced = ({ shape, dtype }: Spec, { axes, keepDims }: ReduceParams): Spec[] => [
  {
    shape: keepDims
      ? shape.map((length, i) => (axes.includes(i) ? 1 : length))
      : shape.filter((_, i) => !axes.includes(i)),
    dtype,
  },
]

function expectElements(op: string, { shape }: Spec, axes: readonly number[]): void {
  const empty = axes.find((axis) => shape[axis] === 0)
  if (empty !== undefined) throw new RangeError(`${op}: axis ${empty} of ${formatShape(shape)} is empty`)
}

const fold: Row<ReduceParams> = {
  outputs(op, [x], params) {
    expectKind(op, 'number', x.dtype)
    return reduced(x, params)
  },
}

/** Of no elements there is no largest. */
const extreme: Row<ReduceParams> = {
  outputs(op, [x], params) {
    expectElements(op, x, params.axes)
    return reduced(x, params)
  },
}

const argExtreme: Row<AxisParams> = {
  outputs(op, [x], { axis }) {
    expectElements(op, x, [axis])
    return [{ shape: x.shape.filter((_, i) => i !== axis), dtype: 'int32' }]
  },
}

export const reductionRows = {
  sum: fold,
  prod: fold,
  max: extreme,
  min: extreme,
  argMax: argExtreme,
  argMin: argExtreme,
  cumsum: {
    outputs(op, [x]) {
      expectKind(op, 'number', x.dtype)
      return [x]
    },
  },
} satisfies Partial<OpTable>
