import type { Json } from '../../network-file/json.ts'
import type { JsonObject } from './golden-files.ts'

/** What stands at a path of keys and numbers, `layers.1.layers.0`. */
export const at = (file: JsonObject, path: string): JsonObject =>
  path.split('.').reduce((part: Json, key) => (part as JsonObject)[key], file) as JsonObject

/** Puts another value at a path; `undefined` takes what is there away. */
export function put(file: JsonObject, path: string, value: Json | undefined): void {
  const parent = path.includes('.') ? at(file, path.slice(0, path.lastIndexOf('.'))) : file
  const key = path.slice(path.lastIndexOf('.') + 1)
  if (value !== undefined) parent[key] = value
  else if (Array.isArray(parent)) parent.splice(Number(key), 1)
  else delete parent[key]
}
