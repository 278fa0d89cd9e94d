/** How one kind of number in an IDX file is read; big-endian, as the format has it. */
export interface IdxItem {
  readonly name: string
  readonly bytes: number
  /** Whether all such numbers are exact in float32. */
  readonly isSingle: boolean
  readonly read: (view: DataView, at: number) => number
}

/** By the third byte of the file. */
export const idxItems: Readonly<Record<number, IdxItem | undefined>> = {
  8: { name: 'ubyte', bytes: 1, isSingle: true, read: (view, at) => view.getUint8(at) },
  9: { name: 'byte', bytes: 1, isSingle: true, read: (view, at) => view.getInt8(at) },
  11: { name: 'short', bytes: 2, isSingle: true, read: (view, at) => view.getInt16(at) },
  12: { name: 'int', bytes: 4, isSingle: false, read: (view, at) => view.getInt32(at) },
  13: { name: 'float', bytes: 4, isSingle: true, read: (view, at) => view.getFloat32(at) },
  14: { name: 'double', bytes: 8, isSingle: false, read: (view, at) => view.getFloat64(at) },
}
