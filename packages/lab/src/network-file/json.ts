/** What a parsed file may hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

export const isObject = (value: unknown): value is Record<string, Json> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** @throws Error naming all keys that are missing. */
export function requireKeys(where: string, value: Record<string, unknown>, keys: readonly string[]): void {
  const missing = keys.filter((key) => value[key] === undefined)
  if (missing.length > 0)
    throw new Error(`${where}: expected ${keys.join(', ')}; missing: ${missing.join(', ')}`)
}
