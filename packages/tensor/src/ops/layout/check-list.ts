import { describe } from '../../checks.ts'

/** @throws TypeError for what is no array. */
export function checkList(op: string, what: string, list: unknown): void {
  if (!Array.isArray(list)) throw new TypeError(`${op}: expected a list of ${what}, got ${describe(list)}`)
}
