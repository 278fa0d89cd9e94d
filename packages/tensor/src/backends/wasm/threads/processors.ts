import { builtin } from './builtin.ts'

type NodeSystem = typeof import('node:os')

/** Processors that this process may use. */
export const processors = (): number =>
  builtin<NodeSystem>('node:os')?.availableParallelism() ?? globalThis.navigator?.hardwareConcurrency ?? 1
