import type { CardFacts } from '../work/messages.ts'
import { counted, listed, numberText, pointText } from './number-text.ts'

/** A short name of a region: six digits of its code's hash, the same as long as the code lives. */
export const regionName = ([word]: CardFacts['hash']): string => (word >>> 8).toString(16).padStart(6, '0')

type Neighbour = CardFacts['neighbours'][number]

/** What happens to a unit in a state: those of ReLUs and the like have two. */
const turned = (state: number, count: number): string =>
  count === 2 ? (state === 1 ? 'on' : 'off') : `to state ${state}`

/** Units of one wall that are named; more are counted. */
const MOST_UNITS = 3

/** `encoder 2, unit 17 turns on`: what crossing the wall changes, units counted from 1. */
export function wallText({ units }: Neighbour, code: CardFacts['code']): string {
  const named = units.slice(0, MOST_UNITS).map(({ layer, unit, state }) => {
    const count = code.find((row) => row.layer === layer)?.count ?? 2
    return `${layer}, unit ${unit + 1} turns ${turned(state, count)}`
  })
  const rest = units.length - named.length
  return listed(rest > 0 ? [...named, `${counted(rest, 'unit')} more`] : named)
}

/** A row of the code in words: `encoder 1: 13 of 32 units on: 1, 4, …`. */
export function codeText({ layer, count, states }: CardFacts['code'][number]): string {
  if (count > 2) return `${layer}: states ${[...states].join(' ')}`
  const on = [...states.keys()].filter((unit) => states[unit] === 1)
  const which = on.length > 0 && on.length < states.length ? `: ${on.map((unit) => unit + 1).join(', ')}` : ''
  return `${layer}: ${on.length} of ${counted(states.length, 'unit')} on${which}`
}

/** What is said of a region when it is selected. */
export function regionText(card: CardFacts): string {
  const { hash, at, neighbours, samples, rank, largestError } = card
  const error =
    largestError === null
      ? ''
      : ` Its largest error is ${numberText(largestError.value)}, at ${pointText(largestError.at)}.`
  return (
    `Region ${regionName(hash)} at ${pointText(at)}: ${counted(neighbours.length, 'neighbour')}, ` +
    `${counted(samples.length, 'training sample')} in it, a map of rank ${rank}.${error}`
  )
}
