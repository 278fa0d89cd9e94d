import { ADVICE, describeUse, type Footprint, mostOf, unscopedStorages } from './memory.ts'
import { scopedStorages } from './scope.ts'

/** What tensors take. Views are counted with the tensor they look into. */
export interface MemoryUse {
  readonly tensors: number
  readonly bytes: number
}

/** What {@link memory} tells. */
export interface MemoryReport extends MemoryUse {
  /** Those outside every scope, that live until they are disposed or collected. */
  readonly unscoped: MemoryUse
  /** By name of the backend. */
  readonly backends: Readonly<Record<string, MemoryUse>>
}

function useOf(storages: Iterable<Footprint>): MemoryUse {
  let [tensors, bytes] = [0, 0]
  for (const storage of storages) {
    tensors++
    bytes += storage.bytes
  }
  return { tensors, bytes }
}

/**
 * How many tensors are alive, and what memory they take. Recorded steps keep memory beside them for their next replay.
 *
 * Those outside every scope live until they are disposed, or until the collector finds that nobody holds them and the event loop gets
 * its turn. A number that grows from step to step is a step without a scope.
 *
 * Nothing is counted as tensors come and go, which would cost a small op a tenth: this looks at each of them.
 *
 * @example
 * const before = memory().tensors
 * const kept = zeros([256, 784])
 * memory().tensors - before   // 1
 */
export function memory(): MemoryReport {
  const unscoped = [...unscopedStorages()]
  const storages = [...unscoped, ...scopedStorages()]
  const names = new Set(storages.map(({ backend }) => backend.name))
  const of = (name: string) => useOf(storages.filter(({ backend }) => backend.name === name))
  return {
    ...useOf(storages),
    unscoped: useOf(unscoped),
    backends: Object.fromEntries([...names].map((name) => [name, of(name)])),
  }
}

/** What an error for want of memory says of the tensors alive; nothing where they are not what fills it. */
export function crowded(backend: string, asked: number): string {
  const { backends, unscoped } = memory()
  const { tensors, bytes } = backends[backend] ?? { tensors: 0, bytes: 0 }
  if (4 * bytes < asked || unscoped.tensors === 0) return ''
  return `; ${describeUse(tensors, bytes)} are alive, ${describeUse(unscoped.tensors, unscoped.bytes)} outside scopes, ${mostOf()}. ${ADVICE}`
}
