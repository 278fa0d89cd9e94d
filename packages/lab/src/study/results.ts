import * as z from 'zod'
import { UsageError } from '../errors.ts'
import { fieldsOf, text } from '../fields/fields.ts'
import { pathText } from '../fields/problem.ts'
import type { Sizes } from '../sets/set-sizes.ts'
import type { Versions } from '../version.ts'
import { setSizes } from './data.ts'
import { type Finished, type Kind, keyOf, type Study } from './study.ts'

/** What computed a task. */
export const versionsField = fieldsOf({
  facet: text('a version'),
  node: text('a version'),
  platform: text('a platform'),
  engine: text('an engine').optional(),
})

/** Lines of `results.jsonl`: a task a line, everything needed to repeat it and all it gave. No times: same seed, same bytes. */
export const resultLines = <S>(
  { kinds }: Pick<Study<S, unknown>, 'kinds'>,
  settings: S,
  sizes: Sizes,
  finished: readonly Finished[],
): object[] =>
  finished.map(({ kind, task, outcome, error, versions }) => ({
    kind,
    ...task,
    ...(outcome ?? { error }),
    ...kinds[kind].about(settings, sizes, task),
    versions,
  }))

/** Names that earlier releases had for kinds of lines. */
const kindAliases = new Map([['yardsticks', 'baselines']])

/** @throws UsageError with the place of a field that is not as the schema has it. */
export function parsed<T extends z.ZodType>(schema: T, value: unknown, place: string): z.output<T> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const [{ path, message }] = result.error.issues
  throw new UsageError(
    [place, ...(path.length > 0 ? [pathText(path as (string | number)[])] : []), message].join(': '),
  )
}

/** A line as it was read, and where. */
interface ReadLine {
  readonly value: Readonly<Record<string, unknown>>
  readonly place: string
}

/** What a line says, part by part. */
function partsOf<S>(kind: Kind<S, object, object>, { value, place }: ReadLine) {
  const tasks = Object.keys(kind.task.shape)
  const { kind: _, versions, error, ...rest } = value
  const pick = (names: readonly string[], own: boolean): object =>
    Object.fromEntries(Object.entries(rest).filter(([name]) => names.includes(name) === own))
  const task = parsed(kind.task, pick(tasks, true), place)
  const outcomes = Object.keys(kind.outcome.shape)
  const about = pick([...tasks, ...outcomes], false)
  return {
    task,
    about,
    result:
      error === undefined
        ? { outcome: parsed(kind.outcome, pick(outcomes, true), place) }
        : { error: parsed(text('a message'), error, `${place}: error`) },
    versions:
      versions === undefined
        ? undefined
        : (parsed(versionsField, versions, `${place}: versions`) as Versions),
  }
}

/** What {@link resultLines} wrote. */
export interface ReadResults {
  readonly finished: readonly Finished[]
  readonly sizes: Sizes
}

/**
 * Tasks and sizes from the lines of a finished experiment.
 *
 * @param checked whether the lines have checksums; those of the first release have none.
 * @throws UsageError naming the line that is not as it was written, and for lines of other settings.
 */
export function readResults<S>(
  study: Study<S, unknown>,
  settings: S,
  lines: readonly unknown[],
  { path, checked }: { readonly path: string; readonly checked: boolean },
): ReadResults {
  const sizes = new Map<string, Sizes[string]>()
  const finished: (Omit<Finished, 'versions'> & { readonly versions: Versions | undefined })[] = []
  const abouts: { readonly about: object; readonly place: string }[] = []
  lines.forEach((line, i) => {
    const place = `${path}:${i + 1}`
    const value = parsed(z.record(z.string(), z.unknown(), 'expected an object'), line, place)
    const name = parsed(text('a kind of line'), value.kind, `${place}: kind`)
    const kindName = kindAliases.get(name) ?? name
    // Lines that sum up others are made again.
    if (!Object.hasOwn(study.kinds, kindName)) return
    const kind = study.kinds[kindName]
    const { task, about, result, versions } = partsOf(kind, { value, place })
    if ('sizes' in about && 'set' in task) {
      sizes.set(String(task.set), parsed(setSizes, about.sizes, `${place}: sizes`))
    }
    abouts.push({ about, place })
    finished.push({ kind: kindName, task, ...result, versions })
  })
  const known = Object.fromEntries(sizes)
  const by = finished.find(({ versions }) => versions !== undefined)?.versions
  if (by === undefined) throw new UsageError(`${path}: expected a line of a run, got none`)
  const whole = finished.map((one) => ({ ...one, versions: one.versions ?? by }))
  checkPlan(study, settings, known, whole, path)
  whole.forEach((run, i) => {
    expectFit(study, settings, known, run, abouts[i].place)
  })
  if (checked) checkAbout(study, settings, known, whole, abouts)
  return { finished: whole, sizes: known }
}

/** @throws UsageError for an outcome that these settings and data cannot give. */
export function expectFit<S>(
  { kinds }: Pick<Study<S, unknown>, 'kinds'>,
  settings: S,
  sizes: Sizes,
  { kind, task, outcome }: Finished,
  place: string,
): void {
  const problem = outcome && kinds[kind].misfit?.(settings, sizes, task, outcome)
  if (problem) throw new UsageError(`${place}: ${problem}`)
}

/** All tasks of the plan, each once, and no other. */
function checkPlan<S>(
  study: Study<S, unknown>,
  settings: S,
  sizes: Sizes,
  finished: readonly Finished[],
  path: string,
): void {
  const found = new Set(finished.map(keyOf))
  const planned = plannedTasks(study, settings, sizes, path)
  const missing = planned.find((job) => !found.has(keyOf(job)))
  if (missing === undefined && planned.length === finished.length) return
  const what =
    missing === undefined
      ? `${finished.length} lines of ${planned.length} runs`
      : `none of ${study.kinds[missing.kind].label(missing.task)}`
  throw new UsageError(`${path}: expected the ${planned.length} runs of experiment.yaml, got ${what}`)
}

function plannedTasks<S>(study: Study<S, unknown>, settings: S, sizes: Sizes, path: string) {
  const { sets = [] } = settings as { readonly sets?: readonly string[] }
  const unknown = sets.find((set) => !Object.hasOwn(sizes, set))
  if (unknown !== undefined) throw new UsageError(`${path}: expected the sizes of ${unknown}, got none`)
  return study.plan(settings, sizes)
}

/** Lines are of the settings beside them: a document that was edited since is not told as theirs. */
function checkAbout<S>(
  { kinds }: Study<S, unknown>,
  settings: S,
  sizes: Sizes,
  finished: readonly Finished[],
  abouts: readonly { readonly about: object; readonly place: string }[],
): void {
  finished.forEach(({ kind, task }, i) => {
    const { about, place } = abouts[i]
    if (JSON.stringify(about) === JSON.stringify(kinds[kind].about(settings, sizes, task))) return
    throw new UsageError(
      `${place}: computed with other settings than those in experiment.yaml; put these back, or start again with --overwrite`,
    )
  })
}
