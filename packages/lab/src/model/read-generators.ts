import { formatShape, loadSafetensors, type Tensor } from '@facet/tensor'
import type { ModelConfig } from './model-schema.ts'

/** Generators [count, d, d] by the name of their objective. @throws Error naming the tensor that is none. */
export function readGenerators(
  bytes: Uint8Array,
  { data, settings }: ModelConfig,
): Readonly<Record<string, Tensor>> {
  const { tensors } = loadSafetensors(bytes)
  const known = settings.objectives.map(({ name }) => name as string)
  for (const [name, { shape, dtype }] of Object.entries(tensors)) {
    if (!known.includes(name)) {
      throw new Error(`expected generators of ${known.join(', ')}, got some of '${name}'`)
    }
    const [, rows, columns] = shape
    const isSquare = shape.length === 3 && rows === columns && columns === data.columns
    if (!isSquare || dtype !== 'float32') {
      const wanted = `float32 [count, ${data.columns}, ${data.columns}]`
      throw new Error(`expected '${name}' ${wanted}, got ${dtype} ${formatShape(shape)}`)
    }
  }
  return tensors
}
