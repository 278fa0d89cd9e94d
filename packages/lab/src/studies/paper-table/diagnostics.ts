import { valueText } from '../../objectives.ts'
import type { Column } from '../../report/column.ts'
import { type Content, html } from '../../report/html.ts'
import type { Cell } from '../../study/choose.ts'
import { percent } from '../../text/number.ts'
import { extent, mean } from '../../text/statistics.ts'
import type { PaperOutcome } from './outcome.ts'
import type { ReproduceSettings } from './settings.ts'

type PaperCell = Cell<PaperOutcome>
type Range = readonly [smallest: number, largest: number]
type Reading = readonly [objective: string, name: string]

const secondThenFirst = (name: string): Reading[] => [
  ['lieGroupSecondOrder', name],
  ['lieGroupFirstOrder', name],
]

const read = ({ diagnostics }: PaperOutcome, [objective, name]: Reading): unknown =>
  Object.hasOwn(diagnostics, objective) ? diagnostics[objective][name] : undefined

/** Mean over the runs of a cell of the first reading that a run has; `null` where the model has no such number. */
function average({ outcomes }: PaperCell, readings: readonly Reading[]): number | null {
  const values = outcomes.flatMap((outcome) => {
    const numbers = readings.map((reading) => read(outcome, reading))
    return (numbers.find((value) => typeof value === 'number') as number | undefined) ?? []
  })
  return values.length === 0 ? null : mean(values)
}

/** Smallest and largest over generators and runs; `null` where the model has none. */
function range({ outcomes }: PaperCell, name: string): Range | null {
  const values = outcomes.flatMap((outcome) =>
    secondThenFirst(name).flatMap((reading) => {
      const value = read(outcome, reading)
      return Array.isArray(value) ? (value as number[]) : []
    }),
  )
  return values.length === 0 ? null : extent(values)
}

const short = (value: number): string => (value === 0 ? '0' : String(Number(value.toPrecision(2))))
const rangeText = ([low, high]: Range): string => `${short(low)} – ${short(high)}`

/** A number that makes a regularizer's failure visible (docs/mathematics.md 5.8), over the runs of a cell. */
interface Diagnostic<V> {
  readonly name: string
  readonly head: string
  /** What it is and what a bad value means. */
  readonly meaning: Content
  /** `null` where a model has no such number. */
  of(cell: PaperCell): V | null
  text(value: V, settings: ReproduceSettings): string
}

const diagnostic = <V extends number | Range>(own: Diagnostic<V>): Diagnostic<number | Range> =>
  own as unknown as Diagnostic<number | Range>

const unexplainedPoints = secondThenFirst('unexplainedFraction')
const unexplainedTangents: Reading[] = [['lieGroupSecondOrder', 'unexplainedTangentFraction']]

export const diagnostics: readonly Diagnostic<number | Range>[] = [
  diagnostic<number>({
    name: 'liveUnits',
    head: 'live units',
    meaning:
      'Bottleneck units that some training sample switches on. A dead one codes nothing; with all dead the decoder is a constant.',
    of: (cell) => average(cell, [['model', 'liveUnits']]),
    text: (units, { bottleneck }) => `${Number(units.toFixed(1))} of ${bottleneck}`,
  }),
  diagnostic<number>({
    name: 'codeSize',
    head: 'size of codes',
    meaning:
      'Root mean square of the training samples’ codes. The Lie-group regularizers look at θ ~ N(0, I), whose size is 1.',
    of: (cell) => average(cell, [['codes', 'rms']]),
    text: short,
  }),
  diagnostic<number>({
    name: 'codesOutside',
    head: 'codes outside',
    meaning:
      'Training samples whose code lies farther from 0 than 99 % of such θ. Codes that escape are regularized no more: the penalty falls and nothing is learned from it.',
    of: (cell) => average(cell, [['codes', 'outside']]),
    text: percent,
  }),
  diagnostic<number>({
    name: 'decoderVariance',
    head: 'Var D(θ)',
    meaning:
      'Variance of the decoder over θ, summed over dimensions. Near 0 the decoder is constant where the regularizer looks, and the penalty 0 for any generator.',
    of: (cell) => average(cell, secondThenFirst('decoderVariance')),
    text: short,
  }),
  diagnostic<number>({
    name: 'unexplainedPoints',
    head: 'unexplained, points',
    meaning:
      'R1 divided by the mean squared change of the decoder between the points of a pair: 0 where the generators carry one to the other, 100 % where they do nothing.',
    of: (cell) => average(cell, unexplainedPoints),
    text: percent,
  }),
  diagnostic<number>({
    name: 'unexplainedTangents',
    head: 'unexplained, tangents',
    meaning: 'The same for the tangents of neighbouring regions (R2); second order only.',
    of: (cell) => average(cell, unexplainedTangents),
    text: percent,
  }),
  diagnostic<number>({
    name: 'withoutNeighbour',
    head: 'no neighbour',
    meaning:
      'Pairs for which no neighbouring region was found; they are left out of R2. A decoder without walls has R2 = 0.',
    of: (cell) => average(cell, [['lieGroupSecondOrder', 'withoutNeighbour']]),
    text: percent,
  }),
  diagnostic<Range>({
    name: 'epsilon',
    head: '|ε|',
    meaning: html`Smallest and largest mean |ε<sub>k</sub>| among the generators. It grows as a generator shrinks.`,
    of: (cell) => range(cell, 'epsilon'),
    text: rangeText,
  }),
  diagnostic<Range>({
    name: 'epsilonTimesNorm',
    head: '|ε| · ‖G‖',
    meaning: html`The same times ‖G<sub>k</sub>‖<sub>F</sub>, which does not depend on that scale: how far each generator moves.`,
    of: (cell) => range(cell, 'epsilonTimesNorm'),
    text: rangeText,
  }),
]

/** All numbers of a cell by their names. */
export const diagnosticsOf = (cell: PaperCell): Readonly<Record<string, number | Range | null>> =>
  Object.fromEntries(diagnostics.map(({ name, of }) => [name, of(cell)]))

/** Share of the training samples whose codes lie outside; `null` where it is not known. */
export const codesOutsideOf = (cell: PaperCell): number | null => average(cell, [['codes', 'outside']])

/** What the generators leave unexplained: of tangents in the second order, of decoded points in the first. */
export const unexplainedOf = (cell: PaperCell): number | null =>
  average(cell, [...unexplainedTangents, ...unexplainedPoints])

/** Epochs whose weights were tested, counted from 1, mean over runs; `null` where no run finished. */
export const bestEpochOf = ({ outcomes }: PaperCell): number | null =>
  outcomes.length === 0 ? null : mean(outcomes.map(({ bestEpoch }) => bestEpoch + 1))

/** What the terminal shows of them: λ or σ chosen, and what shows how a model failed where it did. */
export function diagnosticColumns(settings: ReproduceSettings): Column<PaperCell>[] {
  const shown = (name: string): Column<PaperCell> => {
    const { head, of, text } = diagnostics.find((one) => one.name === name)!
    return {
      head,
      text(cell) {
        const value = of(cell)
        return value === null ? '' : text(value, settings)
      },
    }
  }
  return [
    { head: 'chosen', left: true, text: ({ model, chosen }) => valueText(model, chosen) },
    {
      head: 'best epoch',
      text(cell) {
        const epoch = bestEpochOf(cell)
        return epoch === null ? '' : `${Math.round(epoch)} of ${settings.epochs}`
      },
    },
    shown('liveUnits'),
    {
      head: 'unexplained',
      text(cell) {
        const share = unexplainedOf(cell)
        return share === null ? '' : percent(share)
      },
    },
    shown('withoutNeighbour'),
  ]
}
