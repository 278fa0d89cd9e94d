import { size } from '../lanes'

/**
 * Where the terms `from` to `last` of a window lie, in bytes from its first element, as u32 at `to`. Terms are ordered by channel, row and
 * column of the kernel. Rows of the kernel are `rowStep` bytes apart, columns `distance` elements, of which every `phases`-th stands
 * beside the last and the others in phases of `wide` elements.
 */
export function writeTaps<T>(from: i32, last: i32, tapRows: i32, tapColumns: i32, channel: i32, rowStep: i32, distance: i32, phases: i32, wide: i32, to: usize): void {
  const each = tapRows * tapColumns
  let c = from / each
  let row = (from % each) / tapColumns
  let column = from % tapColumns
  for (let k = from; k < last; k++) {
    const place = column * distance
    store<u32>(to, c * channel + row * rowStep + ((place % phases) * wide + place / phases) * <i32>size<T>())
    to += 4
    if (++column == tapColumns) {
      column = 0
      if (++row == tapRows) {
        row = 0
        c++
      }
    }
  }
}
