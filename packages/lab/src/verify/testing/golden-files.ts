import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Json } from '../../network-file/json.ts'

const folder = fileURLToPath(new URL('../../../fixtures/golden/', import.meta.url))

export type JsonObject = { [key: string]: Json }

/** The golden files of this repository, by name. */
export const goldenFiles: { name: string; text: string }[] = readdirSync(folder)
  .sort()
  .map((name) => ({ name, text: readFileSync(folder + name, 'utf8') }))

export const goldenFile = (start: string): JsonObject =>
  JSON.parse(goldenFiles.find(({ name }) => name.startsWith(start))!.text)

/** A number or boolean inside a parsed file, and how to change it. */
export interface Place {
  /** The quantity it belongs to, as `facet verify` names it. */
  readonly quantity: string
  readonly value: number | boolean
  set(value: number | boolean): void
}

const isNumbers = (value: Json): boolean =>
  Array.isArray(value) ? value.every(isNumbers) : typeof value === 'number' || typeof value === 'boolean'

/** Every number and boolean under an expected value, with the quantity that it belongs to. */
export function placesOf(value: Json, quantity: string): Place[] {
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value).flatMap(([key, part]: [string, Json]): Place[] => {
    const insideLeaf = Array.isArray(value) && isNumbers(value)
    const path = insideLeaf ? quantity : [quantity, key].filter((name) => name !== '').join('.')
    if (typeof part !== 'number' && typeof part !== 'boolean') return placesOf(part, path)
    return [{ quantity: path, value: part, set: (changed) => void ((value as JsonObject)[key] = changed) }]
  })
}

/** One place of each quantity at a time, until every place has had its turn. */
export function rounds(places: readonly Place[]): Place[][] {
  const byQuantity = new Map<string, Place[]>()
  for (const place of places) {
    byQuantity.set(place.quantity, [...(byQuantity.get(place.quantity) ?? []), place])
  }
  const most = Math.max(...[...byQuantity.values()].map((list) => list.length))
  return Array.from({ length: most }, (_, i) =>
    [...byQuantity.values()].flatMap((list) => list.slice(i, i + 1)),
  )
}
