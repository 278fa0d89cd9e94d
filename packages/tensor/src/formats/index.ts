export type { ArrayData } from './array-data.ts'
export { crc32 } from './crc32.ts'
export { type ArrayDescription, decodeNpy, describeNpy, encodeNpy, type TextArray } from './npy.ts'
export {
  decodeNpz,
  encodeNpz,
  type NpzOpenOptions,
  type NpzOptions,
  type NpzReadOptions,
  openNpz,
} from './npz.ts'
export type { NpzArchive } from './npz-archive.ts'
export {
  decodeSafetensors,
  encodeSafetensors,
  openSafetensors,
  type Safetensors,
  type SafetensorsFile,
  type SafetensorsReadOptions,
} from './safetensors.ts'
export { loadNpy, loadNpz, loadSafetensors, saveNpy, saveNpz, saveSafetensors } from './tensors.ts'
