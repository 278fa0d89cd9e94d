import { type Contender, type Entry, type Prepared, type Session, Skip } from './contenders/contender.ts'
import { deviation } from './harness/check.ts'
import { type RoundOptions, timeInRounds } from './harness/rounds.ts'
import { median, pairedRatio } from './harness/statistics.ts'
import type { CaseResult, Omission, Timing } from './report/results.ts'
import type { Case } from './suites/suite.ts'
import { rowOf } from './work/table.ts'
import type { Arrays, Work } from './work/work.ts'

/** Contenders that answered, in the order of tables, and why others did not. */
export interface Field {
  readonly open: readonly { readonly contender: Contender; readonly session: Session }[]
  readonly absent: readonly Omission[]
}

/** Opens every contender. What cannot run here is left out with its reason. */
export async function openField(contenders: readonly Contender[]): Promise<Field> {
  const open: { contender: Contender; session: Session }[] = []
  const absent: Omission[] = []
  for (const contender of contenders) {
    try {
      open.push({ contender, session: await contender.open() })
    } catch (error) {
      if (!(error instanceof Skip)) throw error
      absent.push({ entry: contender.name, reason: error.message })
    }
  }
  return { open, absent }
}

export async function closeField({ open }: Field): Promise<void> {
  for (const { session } of open) await session.close()
}

interface Runner {
  readonly name: string
  readonly title: string
  readonly entry: Entry
}

/**
 * Prepares a case for everyone, holds each result against float64, and times those that are right in interleaved rounds.
 * Ratios are relative to the first.
 */
export async function runCase(
  field: Field,
  { name, work }: Case,
  options: RoundOptions,
): Promise<CaseResult> {
  const inputs = await rowOf(work).inputs(work)
  const expected = await rowOf(work).expected(work)
  const runners: Runner[] = []
  const omitted: Omission[] = []
  const releases: Prepared[] = []
  for (const { contender, session } of field.open) {
    try {
      const prepared = await prepare(contender, session, work, inputs)
      releases.push(prepared)
      for (const entry of prepared.entries) {
        const { variant } = entry
        const name = variant === undefined ? contender.name : `${contender.name} ${variant}`
        const title = variant === undefined ? contender.title : `${contender.title}: ${variant}`
        const runner = { name, title, entry }
        const wrong = await refusal(entry, work, expected)
        if (wrong === null) runners.push(runner)
        else omitted.push({ entry: runner.name, reason: `refused: ${wrong}` })
      }
    } catch (error) {
      const skipped = error instanceof Skip
      const reason = `${skipped ? '' : 'failed: '}${(error as Error).message.split('\n')[0]}`
      omitted.push({ entry: contender.name, reason, skipped })
    }
  }
  try {
    const entries = runners.map(({ entry }) => entry)
    const seconds = entries.length === 0 ? [] : await timeInRounds(entries, options)
    const timings = runners.map((runner, i) => timingOf(runner, seconds[i], seconds[0], i === 0))
    return { name, base: runners[0]?.name ?? '', timings, omitted }
  } finally {
    for (const prepared of releases) await prepared.release()
  }
}

async function prepare(
  contender: Contender,
  session: Session,
  work: Work,
  inputs: Arrays,
): Promise<Prepared> {
  const does = session.prepare[work.kind] as ((work: Work, inputs: Arrays) => Promise<Prepared>) | undefined
  if (does !== undefined) return does(work, inputs)
  throw new Skip(session.cannot?.[work.kind] ?? `${contender.title} does not do ${work.kind}`)
}

/** What is wrong with an entry's result; `null` where nothing is. */
async function refusal(entry: Entry, work: Work, expected: Float64Array): Promise<string | null> {
  const { tolerance, groups } = rowOf(work)
  try {
    await entry.activate?.()
    return deviation(await entry.result(), expected, tolerance, groups?.(work))?.message ?? null
  } catch (error) {
    return (error as Error).message.split('\n')[0]
  }
}

function timingOf(
  { name, title }: Runner,
  seconds: readonly (number | undefined)[],
  base: readonly (number | undefined)[],
  isBase: boolean,
): Timing {
  return {
    entry: name,
    title,
    medianSeconds: median(seconds.filter((s) => s !== undefined)),
    seconds: seconds.map((s) => s ?? null),
    ratio: isBase ? null : pairedRatio(seconds, base),
  }
}
