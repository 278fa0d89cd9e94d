import * as z from 'zod'
import { isObject, type Json, requireKeys } from '../../network-file/json.ts'
import type { WrittenNetwork } from '../../network-file/read-network.ts'
import { expected, parseFields, written } from '../geometry/file-fields.ts'

/** Layers of any kind, one batch and all that is expected of them, as a `layers_*` file writes it. */
export interface LayersFile extends WrittenNetwork {
  readonly kind: 'layers'
  /** [N, in] */
  readonly x: Json
  readonly expect: Readonly<Record<string, Json>>
}

const schema = z.looseObject({
  ...written,
  x: z.array(z.any(), 'expected rows of numbers'),
  expect: expected,
})

/** @throws Error naming what is missing. */
export function parseLayersFile(file: Readonly<Record<string, Json>>): LayersFile {
  requireKeys('golden file', file, ['layers', 'x', 'expect'])
  if (!isObject(file.expect)) throw new Error("golden file: expected 'expect' to be an object")
  return parseFields(schema, file) as unknown as LayersFile
}

export const isLayersFile = (file: object): file is LayersFile =>
  Object.hasOwn(file, 'kind') && (file as LayersFile).kind === 'layers'
