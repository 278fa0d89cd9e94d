import { resolve } from 'node:path'
import type { Command } from 'commander'
import type * as z from 'zod'
import type { Experiment } from '../document/experiment.ts'
import { UsageError } from '../errors.ts'
import { flagOf } from '../fields/setting-error.ts'
import { orbitStudyFields, orbitStudySchema } from '../studies/orbit-benefit/schema.ts'
import { reproduceFields, reproduceSchema } from '../studies/paper-table/schema.ts'

/** What `facet reproduce` can carry out. */
export const studyNames = ['table', 'orbit'] as const
export type StudyName = (typeof studyNames)[number]

interface ReproduceStudy {
  readonly fields: Readonly<Record<string, z.ZodType>>
  /** From flags that have been given to the experiment. @throws z.ZodError for values that this study does not have. */
  experiment(given: Readonly<Record<string, unknown>>): Experiment
}

const studies: Readonly<Record<StudyName, ReproduceStudy>> = {
  table: {
    fields: reproduceFields,
    experiment: ({ weight, ...given }) => ({
      experiment: 'reproduce',
      settings: reproduceSchema.parse({ experiment: 'reproduce', ...given, ...(weight as object) }),
    }),
  },
  orbit: {
    fields: orbitStudyFields,
    experiment: (given) => ({
      experiment: 'orbitStudy',
      settings: orbitStudySchema.parse({ experiment: 'orbitStudy', ...given }),
    }),
  },
}

/** The flags that a person wrote, by the name of their field; defaults are the study's own. */
const givenFlags = (command: Command): Record<string, unknown> =>
  Object.fromEntries(
    command.options
      .map((option) => option.attributeName())
      .filter((name) => command.getOptionValueSource(name) === 'cli')
      .map((name) => [name, command.getOptionValue(name)]),
  )

/**
 * The experiment of a study, of the flags that are its fields.
 *
 * @throws UsageError for flags that belong to another study, and for values that this one does not have.
 */
export function studyExperiment(name: StudyName, command: Command, notFields: readonly string[]): Experiment {
  const study = studies[name]
  const given = Object.entries(givenFlags(command)).filter(([field]) => !notFields.includes(field))
  const foreign = given.map(([field]) => field).filter((field) => !(field in study.fields))
  if (foreign.length > 0) {
    const other = studyNames.find((n) => foreign[0] in studies[n].fields)
    throw new UsageError(
      `${foreign.map(flagOf).join(', ')}: a setting of --study ${other}, not of --study ${name}; leave it out`,
    )
  }
  const values = Object.fromEntries(
    given.map(([field, value]) => [field, field === 'data' ? resolve(value as string) : value]),
  )
  try {
    return study.experiment(values)
  } catch (error) {
    const issue = (error as z.ZodError).issues?.[0]
    if (issue === undefined) throw error
    throw new UsageError(`${flagOf(issue.path[0] as string)}: ${issue.message}`)
  }
}
