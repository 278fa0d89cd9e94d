import type { Colours } from '../text/colours.ts'
import { counted, fourDigits } from '../text/number.ts'
import { plainTable } from '../text/plain-table.ts'
import { describeCourse } from './changes.ts'
import type { ModelConfig } from './model-schema.ts'

/** Errors beside those of predictors that learn nothing deep, as a table. */
export function errorTable(
  result: ModelConfig['result'],
  more: { readonly name: string; readonly error: number } | null,
  colours: Colours,
): string {
  const { errors, meanPredictor, pca } = result
  const row = (name: string, part: typeof errors, other = '–'): string[] => [
    name,
    fourDigits(part.train),
    fourDigits(part.validation),
    ...(more === null ? [] : [other]),
  ]
  return plainTable(
    {
      head: ['mean squared error', 'trained on', 'held out', ...(more === null ? [] : [more.name])],
      rows: [
        row('this model', errors, fourDigits(more?.error ?? null)),
        row(`PCA-${pca.components}`, pca),
        row('mean predictor', meanPredictor),
      ],
    },
    colours,
  )
}

/** What a model is given one of. */
export const itemName = ({ window }: Pick<ModelConfig['settings'], 'window'>): string =>
  window === null ? 'row' : 'window'

/** When an error is an alarm, and what says so. @param item what the model is given one of */
export function alarmText(
  { kind, alpha, threshold, smallestP, calibrating, fenced }: NonNullable<ModelConfig['result']['alarm']>,
  item: string,
): string {
  const beyond = fenced === 0 ? '' : `, ${fenced} more beyond a robust fence`
  const how =
    kind === 'conformal'
      ? ''
      : `: by median and spread, as they reach no p-value below ${fourDigits(smallestP)}`
  return `error > ${fourDigits(threshold)} at α = ${alpha}; ${counted(calibrating, `held-out ${item}`)} calibrate it${beyond}${how}`
}

/** What became of a training, for the terminal. */
export function renderTrained(
  { settings, changes, endedAfterSteps, result, data }: ModelConfig,
  colours: Colours,
): string {
  const { bestEpoch, epochs, errors, pca, meanPredictor, regions, diagnostics } = result
  const part = errors.validation === null ? 'train' : 'validation'
  const hints: string[] = []
  if (errors[part]! >= meanPredictor[part]!) {
    hints.push('The model is no better than predicting the mean row.')
  } else if (errors[part]! >= pca[part]!) {
    hints.push(
      `${counted(pca.components, 'linear component')} ${pca.components === 1 ? 'does' : 'do'} better: more epochs or wider layers may help.`,
    )
  }
  const { liveUnits, bottleneck } = diagnostics.model as { liveUnits: number; bottleneck: number }
  if (liveUnits < bottleneck)
    hints.push(`${bottleneck - liveUnits} of ${bottleneck} bottleneck units are dead.`)
  const best =
    bestEpoch === null ? `${counted(epochs, 'epoch')}` : `weights of epoch ${bestEpoch} of ${epochs}`
  const where = `the ${data.trainRows} ${itemName(settings)}s trained on lie in ${regions.joint} regions`
  const course = describeCourse({ settings, changes, endedAfterSteps })
  const alarm = result.alarm === undefined ? [] : [`alarms: ${alarmText(result.alarm, itemName(settings))}`]
  return [
    `\n${errorTable(result, null, colours)}`,
    `\n${best}; ${where}`,
    ...alarm,
    ...course,
    ...hints,
  ].join('\n')
}
