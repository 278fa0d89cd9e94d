import type { Json } from '../../network-file/json.ts'

/**
 * What was found, in the order of what is expected: lists of which the order says nothing are compared as sets, and what is off is named by
 * its place in the file. Whatever has no counterpart takes the places that are left.
 */
export function inOrderOf<T extends Json>(want: Json | undefined, found: readonly T[]): readonly T[] {
  if (!Array.isArray(want)) return found
  const left = new Map<string, T[]>()
  for (const each of found) {
    const key = JSON.stringify(each)
    const same = left.get(key)
    if (same === undefined) left.set(key, [each])
    else same.push(each)
  }
  const matched: (T | undefined)[] = want.map((each) => left.get(JSON.stringify(each))?.pop())
  const others = found.filter((each) => {
    const rest = left.get(JSON.stringify(each))
    return rest !== undefined && rest.length > 0 && rest.pop() !== undefined
  })
  return [...matched.map((each) => each ?? others.shift()).filter((each) => each !== undefined), ...others]
}
