export type { KeyName } from './derive.ts'
export type { NormalOptions, RandomDType, UniformOptions } from './key.ts'
export { Key, key } from './key.ts'
