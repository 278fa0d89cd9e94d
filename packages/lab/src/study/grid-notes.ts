import { models } from '../objectives.ts'
import { noBreak } from '../text/wrap.ts'
import { type GridSettings, valuesOf } from './grid.ts'
import { type AnyGridReport, cellOf } from './grid-report.ts'

/** `orbit s 0.7, 1.5, 3; denoising σ 0.1` of the models that have a hyper-parameter; '' where none has. */
export const candidatesText = (settings: Pick<GridSettings, 'models' | 'candidates'>): string =>
  settings.models
    .flatMap((model) => {
      const { tuned, title } = models[model]
      return tuned === null
        ? []
        : [`${title} ${tuned.symbol}${noBreak}${valuesOf(settings, model).join(', ')}`]
    })
    .join('; ')

/** `Lie 2nd on Trace, ShapesAll; …`: models that are not trained on some sets; '' where there are none. */
export const untrainedText = ({ settings, cells }: Pick<AnyGridReport, 'settings' | 'cells'>): string =>
  settings.models
    .flatMap((model) => {
      const sets = settings.sets.filter((set) => cellOf({ cells }, set, model) === undefined)
      return sets.length === 0 ? [] : [`${models[model].title} on ${sets.join(', ')}`]
    })
    .join('; ')

/** `CBF 22 + 8 held out / 900 × 128; …` */
export const setsText = ({ settings, sizes }: Pick<AnyGridReport, 'settings' | 'sizes'>): string =>
  settings.sets
    .map((set) => {
      const { train, validation, test, length } = sizes[set]
      return `${set} ${train} + ${validation} held out / ${test}${noBreak}×${noBreak}${length}`
    })
    .join('; ')
