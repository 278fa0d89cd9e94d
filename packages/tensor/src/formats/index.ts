export type { ArrayData } from './array-data.ts'
export { decodeNpy, encodeNpy } from './npy.ts'
export { decodeSafetensors, encodeSafetensors, type Safetensors } from './safetensors.ts'
export { loadNpy, loadSafetensors, saveNpy, saveSafetensors } from './tensors.ts'
