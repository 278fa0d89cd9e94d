import { aValue, optional } from '../option-table.ts'

/** An option of readers of files of named arrays. */
export const namesRow = {
  /** The arrays to read; default all. What is not read may be of any type. */
  names: optional(
    aValue<readonly string[]>(
      'a list of names',
      (value) => Array.isArray(value) && value.every((name) => typeof name === 'string'),
    ),
  ),
}
