import { quote } from '@facet/tensor/checks'
import { jsonFault } from './json-fault.ts'

/** What a parsed file may hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

export const isObject = (value: unknown): value is Record<string, Json> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** @throws Error naming all keys that are missing. */
export function requireKeys(where: string, value: Record<string, unknown>, keys: readonly string[]): void {
  const missing = keys.filter((key) => !Object.hasOwn(value, key))
  if (missing.length > 0)
    throw new Error(`${where}: expected ${keys.join(', ')}; missing: ${missing.join(', ')}`)
}

/**
 * Lists and objects within each other: numbers of a convolution within residual blocks within each other take seven and two for every
 * block. Functions that call themselves get through 8,000.
 */
const DEEPEST = 200

/** A place within a file on the way to one that is deeper. */
interface Step {
  readonly value: object
  readonly name: string | number
  readonly depth: number
  readonly from: Step | null
}

/**
 * The JSON of a file that a stranger may have written.
 *
 * @throws Error for what is no JSON, with line and column; for what is nested more than 200 times, and a key `__proto__`, with the path
 */
export function parseJson(text: string): Json {
  let value: Json
  try {
    value = JSON.parse(text) as Json
  } catch {
    throw new Error(`expected JSON, ${text === '' ? 'got an empty file' : jsonFault(text)}`)
  }
  checkNesting(value)
  return value
}

/** Without recursion: that is what is too deep for it. */
function checkNesting(whole: Json): void {
  const open: Step[] = []
  const visit = (value: unknown, name: string | number, from: Step | null): void => {
    if (typeof value === 'object' && value !== null)
      open.push({ value, name, depth: (from?.depth ?? 0) + 1, from })
  }
  visit(whole, '', null)
  for (let step = open.pop(); step !== undefined; step = open.pop()) {
    if (step.depth > DEEPEST)
      throw new Error(
        `${pathTo(step)}: expected at most ${DEEPEST} lists and objects within each other, got more`,
      )
    if (Array.isArray(step.value)) for (const [i, part] of step.value.entries()) visit(part, i, step)
    else
      for (const [name, part] of Object.entries(step.value)) {
        if (name === '__proto__') throw new Error(`${pathTo(step)}: expected other names than '__proto__'`)
        visit(part, name, step)
      }
  }
}

/** Parts of a path that an error shows. */
const SHOWN = 8

/** `layers[2].layers[0]…` */
function pathTo(step: Step): string {
  const names: (string | number)[] = []
  for (let at = step; at.from !== null; at = at.from) names.unshift(at.name)
  const path = pathText(names.slice(0, SHOWN))
  return names.length > SHOWN ? `${path}…` : path === '' ? 'the file' : path
}

/** A place in a file as errors name it: `layers[2].W[0]`. */
export const pathText = (names: readonly PropertyKey[]): string =>
  names
    .map((name, i) => {
      if (typeof name === 'number') return `[${name}]`
      const text = quote(String(name)).slice(1, -1)
      return i === 0 ? text : `.${text}`
    })
    .join('')
