export type { KeyName } from './derive.ts'
export { inverseNormal } from './inverse-normal.ts'
export type { NormalOptions, RandomDType, UniformOptions } from './key.ts'
export { Key, key } from './key.ts'
