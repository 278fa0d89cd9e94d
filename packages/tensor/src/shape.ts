/** Lengths of the axes, outermost first; `[]` is a scalar. */
export type Shape = readonly number[]

/** A shape as errors show it: `[2, 3]`, and `[]` for a scalar. */
export const formatShape = (shape: Shape): string => `[${shape.join(', ')}]`

/** Number of elements: 1 for a scalar, 0 where an axis has length 0. */
export function sizeOf(shape: Shape): number {
  let size = 1
  for (let i = 0; i < shape.length; i++) size *= shape[i]
  return size
}

/** Whether two shapes have the same rank and the same lengths; a length of 1 matches only 1. */
export function sameShape(a: Shape, b: Shape): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

/** Row-major strides in elements. */
export function stridesOf(shape: Shape): number[] {
  const strides = new Array<number>(shape.length)
  let stride = 1
  for (let i = shape.length - 1; i >= 0; i--) {
    strides[i] = stride
    stride *= shape[i]
  }
  return strides
}

/** A list in an error message, in which a text or a BigInt does not look like a number. */
const show = (list: readonly unknown[]): string =>
  `[${Array.from(list, (entry) => (typeof entry === 'string' ? `'${entry}'` : typeof entry === 'bigint' ? `${entry}n` : String(entry))).join(', ')}]`

/** @throws if any length is not a whole number ≥ 0. */
export function checkShape(op: string, shape: Shape): void {
  if (!Array.isArray(shape)) {
    throw new TypeError(`${op}: expected a shape, an array of lengths such as [2, 3], got ${String(shape)}`)
  }
  for (let i = 0; i < shape.length; i++) {
    if (!Number.isSafeInteger(shape[i]) || shape[i] < 0) {
      throw new RangeError(`${op}: expected lengths that are whole numbers ≥ 0, got ${show(shape)}`)
    }
  }
}

/** @throws unless there is an entry for every axis. */
function checkLength(op: string, what: string, list: readonly number[], rank: number): void {
  if (!Array.isArray(list))
    throw new TypeError(`${op}: expected ${rank} ${what}, an array of whole numbers, got ${String(list)}`)
  if (list.length !== rank) throw new RangeError(`${op}: expected ${rank} ${what}, got ${show(list)}`)
}

/** As many counts as a tensor has axes. @throws naming the operation and what the counts are */
export function checkCounts(op: string, what: string, counts: readonly number[], rank: number): void {
  checkLength(op, what, counts, rank)
  for (let i = 0; i < rank; i++) {
    if (!Number.isSafeInteger(counts[i]) || counts[i] < 0)
      throw new RangeError(`${op}: expected ${what} that are whole numbers ≥ 0, got ${show(counts)}`)
  }
}

/** As many steps as a tensor has axes. @throws naming the operation */
export function checkSteps(op: string, steps: readonly number[], rank: number): void {
  checkLength(op, 'steps', steps, rank)
  if (!steps.every((step) => Number.isSafeInteger(step) && step !== 0))
    throw new RangeError(`${op}: expected steps that are whole numbers ≠ 0, got ${show(steps)}`)
}

/** Numpy's rule: aligned at the last axis, a length of 1 stretches. @throws naming both shapes. */
export function broadcastShapes(op: string, a: Shape, b: Shape): Shape {
  if (sameShape(a, b)) return a
  const rank = Math.max(a.length, b.length)
  const out = new Array<number>(rank)
  for (let i = 1; i <= rank; i++) {
    const la = i <= a.length ? a[a.length - i] : 1
    const lb = i <= b.length ? b[b.length - i] : 1
    if (la !== lb && la !== 1 && lb !== 1) {
      throw new RangeError(`${op}: shapes do not broadcast: ${formatShape(a)} and ${formatShape(b)}`)
    }
    out[rank - i] = la === 1 ? lb : la
  }
  return out
}

/** One axis, negative counted from the end. @throws if the tensor has no such axis. */
export function normaliseAxis(op: string, axis: number, rank: number): number {
  if (!Number.isInteger(axis) || axis < -rank || axis >= rank) {
    throw new RangeError(
      `${op}: axis ${typeof axis === 'number' ? axis : show([axis]).slice(1, -1)} is not in a tensor of rank ${rank}`,
    )
  }
  return axis < 0 ? axis + rank : axis
}

/** Sorted axes without repetition; `undefined` means all of them. */
export function normaliseAxes(
  op: string,
  axes: number | readonly number[] | undefined,
  rank: number,
): number[] {
  if (axes === undefined) {
    const all = new Array<number>(rank)
    for (let i = 0; i < rank; i++) all[i] = i
    return all
  }
  const list = typeof axes === 'number' ? [axes] : axes
  if (!Array.isArray(list))
    throw new TypeError(`${op}: expected an axis or a list of axes, got ${String(axes)}`)
  const out = list.map((axis) => normaliseAxis(op, axis, rank)).sort((p, q) => p - q)
  for (let i = 1; i < out.length; i++) {
    if (out[i] === out[i - 1])
      throw new RangeError(`${op}: axis ${out[i]} is named twice in ${formatShape(list)}`)
  }
  return out
}
