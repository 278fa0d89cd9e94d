export type { KeyName } from './derive.ts'
export type { RandomDType, UniformOptions } from './key.ts'
export { Key, key } from './key.ts'
