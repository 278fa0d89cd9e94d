/** A module of Node's own, without an import that bundlers of pages would follow; undefined in browsers. */
export const builtin = <T>(name: string): T | undefined =>
  (globalThis as { process?: { getBuiltinModule?(name: string): unknown } }).process?.getBuiltinModule?.(
    name,
  ) as T | undefined
