/** The door for packages whose functions take options. Users of tensors do not need it. */
export * from './checks.ts'
export * from './option-table.ts'
export { aKey } from './random/key-option.ts'
