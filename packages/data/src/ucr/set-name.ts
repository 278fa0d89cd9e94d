import { quote } from '@facet/tensor/checks'

/** What no name of a file has: parts of a path, and letters that cannot be seen. */
const noName = /[/\\\p{Cc}\p{Cs}]/u

/** Bytes that file systems give a name, without what a file of a set adds to it. */
const LONGEST = 200

/** A set is named, not pointed at: its files lie in the folder. @throws TypeError for a path and for what is no name */
export function expectSetName(operation: string, name: unknown): asserts name is string {
  const isName = typeof name === 'string' && name !== '' && name.length <= LONGEST
  if (isName && !noName.test(name) && name !== '.' && name !== '..') return
  const got = typeof name === 'string' ? quote(name) : String(name)
  throw new TypeError(
    `${operation}: expected the name of a set, at most ${LONGEST} letters without / and \\, got ${got}`,
  )
}
