import { type ArrayDescription, formatShape } from '@facet/tensor'

/** Letters of a type and axes that an error shows: in a file neither have an end. */
const LETTERS = 60
const AXES = 8

/** What an array is, in an error: `float32 [2, 3]`. */
export function shownArray({ type, shape }: Pick<ArrayDescription, 'type' | 'shape'>): string {
  const name = type.length <= LETTERS ? type : `${type.slice(0, LETTERS)}…`
  if (shape.length <= AXES) return `${name} ${formatShape(shape)}`
  return `${name} [${shape.slice(0, AXES).join(', ')}, … ${shape.length} axes]`
}
