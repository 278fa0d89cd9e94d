import { aValue } from '../option-table.ts'
import { Key } from './key.ts'

/** Keys as options. Apart from the other kinds, since `key.ts` declares options itself. */
export const aKey = aValue<Key>('key(seed)', (value) => value instanceof Key)
