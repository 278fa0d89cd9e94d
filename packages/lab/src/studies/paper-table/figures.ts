import * as z from 'zod'
import type { Content } from '../../fields/field.ts'
import { fieldsOf, oneOf, text, wholeNumber } from '../../fields/fields.ts'
import type { ModelName } from '../../objectives.ts'
import { aNumber, someNumbers } from '../../study/data.ts'
import { type GridTask, gridTask } from '../../study/grid.ts'
import { cellOf } from '../../study/grid-report.ts'
import { versionsField } from '../../study/results.ts'
import type { Versions } from '../../version.ts'
import { definition } from './experiment.ts'
import { epsilonOutcome, type PaperOutcome } from './outcome.ts'
import type { PaperReport } from './report.ts'

const epochsNumbers = z.strictObject({
  /** Test error after each epoch. */
  test: someNumbers,
  bestEpoch: wholeNumber(0),
  validationError: aNumber,
  testError: aNumber,
})

/** A figure of one set: which runs it draws, and what it draws of each. */
interface FigureKind {
  /** Which of the paper's it is. */
  readonly paper: string
  readonly numbers: z.ZodType
  /** Whether a single run is drawn, the first; else all are. */
  readonly ofFirstRun: boolean
  /** `null` where a run has nothing to draw. */
  of(outcome: PaperOutcome): object | null
}

/** The figures that can be computed again by `facet replay`. */
export const figureKinds = {
  epochs: {
    paper: 'Figs. 4 and 6',
    numbers: epochsNumbers,
    ofFirstRun: false,
    of: ({ epochs, bestEpoch, validationError, testError }) => ({
      test: epochs.map(({ test }) => test),
      bestEpoch,
      validationError,
      testError,
    }),
  },
  epsilon: {
    paper: 'Fig. 5',
    numbers: epsilonOutcome,
    ofFirstRun: true,
    of: ({ showcase }) => showcase?.epsilon ?? null,
  },
} as const satisfies Readonly<Record<string, FigureKind>>

export type FigureName = keyof typeof figureKinds
export const figureNames = Object.keys(figureKinds) as FigureName[]
export const figureKind = (name: FigureName): FigureKind => figureKinds[name]

/** What a figure was drawn from: enough to compute it again. */
export interface FigureFile {
  readonly facetFigure: 1
  readonly figure: FigureName
  readonly paper: string
  /** The experiment, of just what the figure shows, as a document has it. */
  readonly experiment: Content
  /** Everything random follows from the seed and the number of the run. */
  readonly seeds: { readonly seed: number; readonly runs: readonly number[] }
  /** Each build that computed some of it. */
  readonly versions: readonly Versions[]
  readonly runs: readonly { readonly task: GridTask; readonly numbers: object }[]
}

/** What a file has to be to be one; its experiment is checked as every document is, and its numbers by the kind of figure. */
export const figureFile = fieldsOf({
  facetFigure: z.literal(1, 'expected 1, the format of figures'),
  figure: oneOf(figureNames),
  paper: text('which figure of the paper it is'),
  experiment: z.record(z.string(), z.unknown(), 'expected an experiment'),
  seeds: fieldsOf({ seed: aNumber, runs: z.array(wholeNumber(1)) }),
  versions: z.array(versionsField).min(1, 'expected one build or more'),
  runs: z.array(z.strictObject({ task: gridTask, numbers: z.unknown() })).min(1, 'expected one run or more'),
})

/** The file of a figure of one set; `null` where there is nothing to draw. */
export function figureOf(report: PaperReport, name: FigureName, set: string): FigureFile | null {
  const { settings } = report
  const { paper, ofFirstRun, of } = figureKind(name)
  const drawn = settings.models.flatMap((model) => {
    const cell = cellOf(report, set, model)
    const outcomes = (cell?.outcomes ?? []).slice(0, ofFirstRun ? 1 : undefined)
    return outcomes.flatMap((outcome, run) => {
      const numbers = of(outcome)
      return numbers === null ? [] : [{ task: { set, model, value: cell!.chosen, run }, numbers }]
    })
  })
  if (drawn.length === 0) return null
  const models = settings.models.filter((model) => drawn.some(({ task }) => task.model === model))
  const runs = ofFirstRun ? 1 : settings.runs
  const candidates = Object.fromEntries(
    models.flatMap((model): [ModelName, unknown][] => {
      const chosen = cellOf(report, set, model)!.chosen
      return chosen === null ? [] : [[model, [chosen]]]
    }),
  ) as PaperReport['settings']['candidates']
  const tasks = new Set(drawn.map(({ task }) => JSON.stringify(task)))
  const builds = report.runs.flatMap(({ task, versions }) =>
    tasks.has(JSON.stringify(task)) ? [JSON.stringify(versions)] : [],
  )
  return {
    facetFigure: 1,
    figure: name,
    paper,
    experiment: {
      experiment: definition.document,
      ...definition.content({ ...settings, sets: [set], models, runs, candidates }),
    },
    seeds: { seed: settings.seed, runs: Array.from({ length: runs }, (_, run) => run + 1) },
    versions: [...new Set(builds)].map((build) => JSON.parse(build)),
    runs: drawn,
  }
}

/** `figure-epochs-CBF.json`: beside the report, and in it to save. */
export const figureFileName = (name: FigureName, set: string): string => `figure-${name}-${set}.json`

/** What may be in a text of a stranger and is no sign of JSON: markup begins with the first, the others turn the direction of a line or cannot be seen. */
const unsafe = /[<\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069]/g

const escaped = (sign: string): string => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`

export const figureText = (file: FigureFile): string => `${JSON.stringify(file).replace(unsafe, escaped)}\n`

/** The files of all figures of a report, by name. */
export const figureFilesOf = (report: PaperReport): Readonly<Record<string, string>> =>
  Object.fromEntries(
    figureNames.flatMap((name) =>
      report.settings.sets.flatMap((set) => {
        const file = figureOf(report, name, set)
        return file === null ? [] : [[figureFileName(name, set), figureText(file)]]
      }),
    ),
  )
