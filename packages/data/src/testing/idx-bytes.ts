/** The bytes of an IDX file. @param item writes a number, big-endian */
export function idxBytes(
  type: number,
  sizes: readonly number[],
  values: readonly number[],
  bytes = 1,
  item: (view: DataView, at: number, value: number) => void = (view, at, value) => view.setUint8(at, value),
): Uint8Array {
  const start = 4 + 4 * sizes.length
  const file = new Uint8Array(start + values.length * bytes)
  const view = new DataView(file.buffer)
  file.set([0, 0, type, sizes.length])
  sizes.forEach((size, axis) => view.setUint32(4 + 4 * axis, size))
  values.forEach((value, i) => item(view, start + i * bytes, value))
  return file
}
