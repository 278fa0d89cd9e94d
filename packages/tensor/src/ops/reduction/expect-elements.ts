import type { Spec } from '../../op.ts'
import { formatShape } from '../../shape.ts'

/** Of no elements there is no largest. @throws RangeError for an empty axis. */
export function expectElements(op: string, { shape }: Spec, axes: readonly number[]): void {
  const empty = axes.find((axis) => shape[axis] === 0)
  if (empty !== undefined) throw new RangeError(`${op}: axis ${empty} of ${formatShape(shape)} is empty`)
}
