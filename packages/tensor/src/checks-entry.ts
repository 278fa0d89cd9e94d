/** The door for packages whose functions take options. Users of tensors do not need it. */
export { bytesOf } from './backends/wasm/kernel-text.ts'
export * from './checks.ts'
export { aCopy, type Copy, copyOf } from './copies.ts'
export { MOST_BYTES, unpackedLimit, unpackedRows } from './formats/unpacked-limit.ts'
export { kernelModule } from './kernel-modules.ts'
export * from './option-table.ts'
export { quote } from './quote.ts'
export { aKey } from './random/key-option.ts'
