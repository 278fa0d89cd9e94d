import type { ParsedSamples } from '../samples/samples.ts'
import { listed } from '../samples/source.ts'
import { counted, numbersLike } from './numbers.ts'
import type { MissingRule } from './preparation.ts'
import type { Steps } from './steps.ts'

/** Rows lie further apart than this many usual steps: some are missing in between. */
const HOLE = 1.5

/** The most rows that `interpolate` puts into a hole; a longer one cuts the series. */
export const MOST_INSERTED = 5

/** Steps and what happened to rows on the way, in sentences without an end. */
export interface Stretches {
  readonly steps: Steps
  /** Of each stretch the group it is of; `null` without groups. */
  readonly groups: readonly (string | null)[]
  /** How often a hole in time ends a stretch. */
  readonly cuts: number
  readonly notes: readonly string[]
}

/** What is counted over all groups. */
interface Counts {
  untimed: number
  disordered: number
  equal: number
  cuts: number
  bridged: number
  inserted: number
}

/** Rows of each group in the order of time, cut where rows are missing. */
export function stretchesOf(samples: ParsedSamples, missing: MissingRule): Stretches {
  const counts: Counts = { untimed: 0, disordered: 0, equal: 0, cuts: 0, bridged: 0, inserted: 0 }
  const order: number[] = []
  const times: number[] = []
  const bounds: number[] = []
  const groups: (string | null)[] = []
  for (const [group, members] of membersOf(samples)) {
    const sorted = samples.time === null ? members : inTime(members, samples.time.times, counts)
    if (sorted.length === 0) continue
    bounds.push(order.length)
    groups.push(group)
    if (samples.time === null) {
      for (const sample of sorted) order.push(sample)
      continue
    }
    const own = samples.time.times
    const step = usualStep(sorted, own)
    for (let k = 0; k < sorted.length; k++) {
      if (k > 0) {
        const [before, now] = [own[sorted[k - 1]], own[sorted[k]]]
        if (now === before) counts.equal++
        if (now - before > HOLE * step) {
          const absent = Math.round((now - before) / step) - 1
          if (missing === 'interpolate' && absent <= MOST_INSERTED) {
            for (let m = 1; m <= absent; m++) {
              order.push(-1)
              times.push(before + ((now - before) * m) / (absent + 1))
            }
            counts.bridged++
            counts.inserted += absent
          } else {
            bounds.push(order.length)
            groups.push(group)
            counts.cuts++
          }
        }
      }
      order.push(sorted[k])
      times.push(own[sorted[k]])
    }
  }
  bounds.push(order.length)
  const asTheyCame = order.length === samples.count && order.every((sample, step) => sample === step)
  return {
    steps: {
      values: asTheyCame ? samples.values : gathered(samples, order),
      width: samples.length,
      count: order.length,
      samples: asTheyCame ? null : Int32Array.from(order),
      times: samples.time === null ? null : Float64Array.from(times),
      bounds: Int32Array.from(bounds),
    },
    groups,
    cuts: counts.cuts,
    notes: notesOf(counts, samples.time?.name ?? ''),
  }
}

/** Samples by group, in the order in which groups come first. */
function membersOf({
  group,
  count,
}: ParsedSamples): Iterable<[string | null, ArrayLike<number> & Iterable<number>]> {
  if (group === null) return [[null, Int32Array.from({ length: count }, (_, i) => i)]]
  const members = new Map<string, number[]>()
  for (let i = 0; i < count; i++) {
    const name = group.values[i]
    const own = members.get(name)
    if (own === undefined) members.set(name, [i])
    else own.push(i)
  }
  return members
}

/** Sorted by time, those of one time as they came; without those that have no time. */
function inTime(members: Iterable<number>, times: Float64Array, counts: Counts): Int32Array {
  const timed = Int32Array.from(members).filter((sample) => Number.isFinite(times[sample]))
  let disordered = 0
  for (let k = 1; k < timed.length; k++) if (times[timed[k]] < times[timed[k - 1]]) disordered++
  counts.untimed += (members as ArrayLike<number> & Iterable<number>).length - timed.length
  counts.disordered += disordered
  return disordered === 0 ? timed : timed.sort((a, b) => times[a] - times[b] || a - b)
}

/** The median of the differences that are above 0; infinite where there is none. */
function usualStep(sorted: ArrayLike<number>, times: Float64Array): number {
  const steps = new Float64Array(Math.max(0, sorted.length - 1))
  let count = 0
  for (let k = 1; k < sorted.length; k++) {
    const step = times[sorted[k]] - times[sorted[k - 1]]
    if (step > 0) steps[count++] = step
  }
  return count === 0 ? Number.POSITIVE_INFINITY : steps.subarray(0, count).sort()[(count - 1) >> 1]
}

function gathered({ values, length }: ParsedSamples, order: readonly number[]): Steps['values'] {
  const out = numbersLike(values, order.length * length)
  order.forEach((sample, step) => {
    if (sample < 0) out.fill(Number.NaN, step * length, (step + 1) * length)
    else out.set(values.subarray(sample * length, (sample + 1) * length), step * length)
  })
  return out
}

function notesOf(counts: Counts, time: string): string[] {
  const column = `column ${listed([time])}`
  const sentences: [number, string][] = [
    [counts.untimed, `${counted(counts.untimed, 'row')} without a time in ${column}: in no window`],
    [
      counts.disordered,
      `rows are sorted by ${column}: ${counts.disordered} came before the row that they follow in the file`,
    ],
    [
      counts.equal,
      `${counted(counts.equal, 'row has', 'rows have')} the time of the row before in ${column}`,
    ],
    [
      counts.inserted,
      `${counted(counts.inserted, 'row is', 'rows are')} put into ${counted(counts.bridged, 'hole')} in ${column}`,
    ],
    [
      counts.cuts,
      `the series is cut at ${counted(counts.cuts, 'hole')} in ${column}: rows more than ${HOLE} usual steps apart`,
    ],
  ]
  return sentences.flatMap(([count, sentence]) => (count > 0 ? [sentence] : []))
}
