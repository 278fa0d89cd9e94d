import type { Json } from '../../network-file/json.ts'
import { type JsonObject, type Place, placesOf } from './golden-files.ts'

/** What a file expects, each with the beginning of its quantities' names. */
function expectations(file: JsonObject): [prefix: string, expected: Json][] {
  if (file.cases === undefined) return [['', file.expect]]
  return (file.cases as unknown as JsonObject[]).flatMap((each, c) =>
    Object.entries(each)
      .filter(([name]) => name.startsWith('expect'))
      .map(([name, expected]): [string, Json] => [
        name === 'expect' ? `cases.${c}` : `cases.${c}.${name}`,
        expected,
      ]),
  )
}

/** What is read, not compared. */
export const isInput = /(^|\.)(point|outputUnit|smallestFacetDecision)$/

/** Every number that a file of regions or walks expects, with its quantity. */
export const placesIn = (file: JsonObject): Place[] =>
  expectations(file).flatMap(([prefix, expected]) =>
    placesOf(expected, prefix).filter(({ quantity }) => !isInput.test(quantity)),
  )

/** Another value of a number or a count. */
export const changed = (value: number | boolean): number =>
  Number.isInteger(value) ? Number(value) + 1 : Number(value) * 1.001
