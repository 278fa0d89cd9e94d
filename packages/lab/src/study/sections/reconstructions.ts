import { type ModelName, modelColour, models } from '../../objectives.ts'
import { underNames } from '../../report/figure.ts'
import { type Html, html } from '../../report/html.ts'
import { type LegendEntry, legend } from '../../report/legend.ts'
import {
  type ReconstructionColumn,
  reconstructionFigure,
  type ShownOriginals,
} from '../../report/reconstructions.ts'
import type { AnyGridReport } from '../grid-report.ts'

/** What a report has to show of test samples. */
export interface Reconstructions {
  /** The samples of a set; `undefined` where they could not be read. */
  originals(set: string): ShownOriginals | undefined
  /** What a model of run 1 made of them at its chosen value. */
  of(set: string, model: ModelName): Samples | null | undefined
}

type Samples = readonly (readonly number[])[]

/** Lines of the results may be old, and without checksums: what does not belong to the originals is not shown. */
const haveOneShape = (samples: Samples, originals: Samples): boolean =>
  samples.length === originals.length && samples.every(({ length }, i) => length === originals[i].length)

/** The models that a report shows, each with its reconstructions of a set. */
export const reconstructionColumns = (
  shown: readonly ModelName[],
  set: string,
  { originals, of }: Reconstructions,
  titleOf: (model: ModelName) => string = (model) => models[model].title,
): ReconstructionColumn[] =>
  shown.flatMap((model) => {
    const reconstructions = of(set, model)
    return reconstructions && haveOneShape(reconstructions, originals(set)?.originals ?? [])
      ? [{ title: titleOf(model), colour: modelColour(model), reconstructions }]
      : []
  })

function setHtml(report: AnyGridReport, set: string, reconstructions: Reconstructions): Html {
  const originals = reconstructions.originals(set)
  const columns = reconstructionColumns(report.settings.models, set, reconstructions)
  return originals === undefined || columns.length === 0
    ? html`<p>Nothing to show: ${originals ? 'no run finished' : 'the originals could not be read'}.</p>`
    : reconstructionFigure(set, originals, columns, {
        at: 'the chosen λ or σ',
        test: report.sizes[set].test,
      })
}

/** What the models make of test samples. */
export function reconstructionSection(report: AnyGridReport, reconstructions: Reconstructions): Html {
  const { settings } = report
  const hasSeries = settings.sets.some((set) => reconstructions.originals(set)?.image === null)
  const signs = legend([
    { sign: { shape: 'line', width: 1.2 }, text: 'original' },
    ...settings.models.map(
      (model): LegendEntry => ({
        sign: { shape: 'line', colour: modelColour(model), width: 2.4 },
        text: models[model].title,
      }),
    ),
  ])
  return html`${hasSeries ? signs : null}${underNames(settings.sets, (set) => setHtml(report, set, reconstructions))}`
}
