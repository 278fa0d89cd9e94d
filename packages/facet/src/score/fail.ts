/** @throws Error saying what was expected where, and what was found. */
export function fail(where: string, expected: unknown, found: unknown): never {
  throw Error(`${where}: expected ${expected}, found ${found}`)
}

/** @throws Error unless both are the same number or text, or lists of the same. */
export function expectSame(where: string, expected: unknown, found: unknown): void {
  if (`${found}` !== `${expected}`) fail(where, expected, found)
}

/** The row of a table. @throws Error where it has none of this name */
export function rowOf<T>(where: string, table: Readonly<Record<string, T>>, name: string): T {
  return Object.hasOwn(table, name) ? table[name] : fail(where, Object.keys(table), name)
}
