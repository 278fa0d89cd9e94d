import { models, objectives } from '../../objectives.ts'
import type { SettingLine } from '../../report/settings-table.ts'
import { isImageSet } from '../../sets/image-sets.ts'
import { candidatesText, setsText } from '../../study/grid-notes.ts'
import { counted, listed } from '../../text/number.ts'
import { noBreak } from '../../text/wrap.ts'
import { learnedNote, learnedTable } from './learned-table.ts'
import { epochsOf } from './net.ts'
import type { BenefitReport } from './report.ts'
import { protocol } from './settings.ts'

function dataText({ settings, sizes }: BenefitReport): string {
  const { sets, data, seed, samples } = settings
  const hasImages = data !== null && sets.some((set) => isImageSet(set))
  const hasSeries = data === null || sets.some((set) => !isImageSet(set))
  const source = data === null ? `generated, seed ${seed}` : 'from files'
  const kinds = [
    ...(hasSeries ? [`series z-normalised with n${noBreak}−${noBreak}1`] : []),
    ...(hasImages ? [`pixels${noBreak}/${noBreak}255`] : []),
  ]
  const part = samples === null ? '' : `; ${samples} samples to train and validate, drawn by seed`
  return `${source}, ${kinds.join(', ')}${part}: ${setsText({ settings, sizes })}`
}

const netTexts = {
  skip: 'with a linear skip beside encoder and decoder that starts at PCA and is trained',
  plain: 'without skips',
} as const

/** What the validation parts choose from, and λ of models of which something else is chosen; none where nothing is. */
function choiceNotes({ settings }: BenefitReport): SettingLine[] {
  const candidates = candidatesText(settings)
  if (candidates === '') return []
  const weighted = settings.models.filter((model) => {
    const { tuned, objective } = models[model]
    return tuned?.option !== 'weight' && objectives[objective].options.includes('weight')
  })
  const fixed = `; λ ${protocol.weight} for ${listed(weighted.map((model) => models[model].title))}`
  return [
    [
      'choice',
      `each model's value by validation error, mean over runs: ${candidates}${weighted.length === 0 ? '' : fixed}`,
    ],
  ]
}

/** What the numbers depend on, a line a subject: printed with every table. */
export function notesOf(report: BenefitReport): SettingLine[] {
  const { settings, sizes } = report
  const { hidden: w, bottleneck: h, net, steps, learningRate, runs, seed, parts } = settings
  const trained = [
    ...new Set(
      settings.sets.map((set) => {
        const { epochs, perEpoch } = epochsOf(settings, sizes[set].train)
        return epochs * perEpoch
      }),
    ),
  ]
  const range = trained.length === 1 ? `${trained[0]}` : `${Math.min(...trained)} to ${Math.max(...trained)}`
  return [
    [
      'error',
      'mean squared error over test samples and dimensions × 100; ± sample standard deviation over runs; “to AE”, wins and p compare runs of the same number: paired t test and exact sign-flip permutation test, two-sided',
    ],
    ['data', dataText(report)],
    [
      'network',
      `d-${w}-${w}-${h}-${w}-${w}-d, ReLU, linear bottleneck and output, ${netTexts[net]}; float32`,
    ],
    [
      'training',
      `Adam ${learningRate} with cosine decay, ${range} steps (${steps} in whole epochs), batch ${settings.batchSize} or the whole training part; ${counted(runs, 'run')}, seed ${seed}; ${100 * protocol.validationShare} % held out by seed; tested at the best validation epoch`,
    ],
    ...choiceNotes(report),
    [
      'generators',
      `series ${parts}, images affine and local; ε from ${protocol.neighbours} nearest neighbours in the training part; explained: share of their differences that the generators make`,
    ],
    ...(learnedTable(report) === null ? [] : [['learned', learnedNote(report)] as const]),
    [
      'baselines',
      `mean of, and PCA with ${h} components of, the training part; “on orbits”: of it and samples moved at the scale that orbit chose`,
    ],
  ]
}
