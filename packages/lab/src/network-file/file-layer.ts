import type { Float, Layer } from '@facet/models'
import { formatShape, type Shape, type Tensor } from '@facet/tensor'
import type { Json } from './json.ts'
import { numbers } from './numbers.ts'

/** Where a layer of a file stands. */
export interface Place {
  /** Its path, which names it in errors: `layers[2].layers[0]`. */
  readonly name: string
  /** The shape of the samples that come in. */
  readonly inputs: Shape
  readonly dtype: Float
}

/** A kind of layer that a file may hold: a row of the table of kinds. */
export interface FileKind {
  readonly kind: string
  /**
   * @param inner reads the layers within the layer
   * @throws Error for fields that are missing, unknown or do not fit.
   */
  read(fields: Json, at: Place, inner: (list: Json, at: Place) => Layer[]): Layer
}

/**
 * The numbers of a field.
 * @param shape lengths, or names for those that the field decides itself; left out where the layer looks at it
 * @throws Error for ragged numbers and another shape, naming the field.
 */
export function tensorOf(
  { name, dtype }: Pick<Place, 'name' | 'dtype'>,
  field: string,
  value: Json,
  shape?: readonly (number | string)[],
): Tensor {
  const found = numbers(`${name}: ${field}`, value, dtype)
  if (shape === undefined) return found
  const fits = (length: number, i: number) => typeof shape[i] === 'string' || shape[i] === length
  if (found.rank === shape.length && found.shape.every(fits)) return found
  throw new Error(`${name}: ${field}: expected [${shape.join(', ')}], got ${formatShape(found.shape)}`)
}
