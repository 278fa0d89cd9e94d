import { models } from '../../objectives.ts'
import type { SettingLine } from '../../report/settings-table.ts'
import { defaultParts } from '../../sets/generator-banks.ts'
import { isImageSet } from '../../sets/image-sets.ts'
import { candidatesText, setsText, untrainedText } from '../../study/grid-notes.ts'
import { counted } from '../../text/number.ts'
import { noBreak } from '../../text/wrap.ts'
import { generatorsFor } from './generators.ts'
import type { PaperReport } from './report.ts'
import { type ReproduceSettings, validationShare } from './settings.ts'

/** Where the samples come from, which of them, and what is done to them. */
function sourceText({ sets, data, seed, samples }: ReproduceSettings): string {
  const series = `z-normalised with n${noBreak}−${noBreak}1`
  const images = sets.filter((set) => data !== null && isImageSet(set))
  const kinds =
    images.length === 0
      ? [`UCR files, ${series}`]
      : [
          ...(images.length < sets.length ? [`UCR files, ${series}`] : []),
          `${images.join(' and ')} files, pixels${noBreak}/${noBreak}255`,
        ]
  const source = data === null ? [`generated (${sets.join(', ')}; seed ${seed}), ${series}`] : kinds
  const part = samples === null ? [] : [`at most ${counted(samples, 'sample')} of either part, drawn by seed`]
  return [...source, ...part].join('; ')
}

const usesGrid = ({ cells }: PaperReport): boolean => cells.some(({ candidates }) => candidates.length > 1)

/** What the models beyond the paper's are. */
function beyondText({ models: names }: ReproduceSettings): string[] {
  if (!names.some((name) => models[name].skip)) return []
  const skip = `${models.skip.title}: linear bottleneck, and beside either part a linear map that starts at PCA`
  const { series } = defaultParts
  const orbit = names.includes('skipOrbit')
    ? `; ${models.skipOrbit.title}: samples moved along generators (series ${series}, images affine and local) by ε of the data's own scale are reconstructed as well, s${noBreak}1.5, λ${noBreak}3`
    : ''
  const learned = names.includes('skipLearned')
    ? `; ${models.skipLearned.title}: samples moved along generators that are learned from the training part, the principal components of its patches, are reconstructed as well, s${noBreak}1.5, λ${noBreak}3`
    : ''
  return [skip + orbit + learned]
}

/** Which generators the Lie-group models have: several families where the length of samples decides. */
function generatorsText({ settings, sizes }: PaperReport): string {
  const families = settings.sets.map((set) => ({ set, family: generatorsFor(settings, sizes[set].length) }))
  const others = families.filter(({ family }) => family !== 'full')
  return [
    ...(others.length < families.length ? ['full generators'] : []),
    ...others.map(({ set, family }) => `${family} generators on ${set}`),
  ].join(', ')
}

/** Models that have no row on some sets, and why. */
function untrainedLines(report: PaperReport): SettingLine[] {
  const text = untrainedText(report)
  const limit = report.settings.secondOrderUpTo
  return text === '' ? [] : [['not trained', `${text}: samples of more than ${limit} values (–)`]]
}

/** What the numbers depend on, a line a subject: printed with every table (docs/mathematics.md 7.1). */
export function notesOf(report: PaperReport): SettingLine[] {
  const { settings } = report
  const { hidden: w, bottleneck: h, bottleneckActivation, epochs, batchSize, learningRate, seed } = settings
  const chosen = usesGrid(report) ? ' (chosen by validation error, mean over runs)' : ''
  const regularizers: SettingLine[] =
    candidatesText(settings) === ''
      ? []
      : [
          [
            'regularizers',
            `${candidatesText(settings)}${chosen}; all else at its default: Lie sampler normal, ${generatorsText(report)}, penalty squared, dichotomic neighbours; h.o. contractive γ${noBreak}1, σ${noBreak}0.1, K${noBreak}1`,
          ],
        ]
  return [
    [
      'error',
      'mean squared error over test samples and dimensions × 100; ± sample standard deviation over runs',
    ],
    ['data', `${sourceText(settings)}: ${setsText(report)}`],
    [
      'network',
      `d-${w}-${w}-${h}, ReLU, bottleneck ${bottleneckActivation}; ${h}-${w}-${w}-${w}-d, ReLU, linear output; torchUniform weights and biases; float32`,
    ],
    [
      'training',
      `Adam ${learningRate}, batch ${batchSize}, ${counted(epochs, 'epoch')}, ${counted(settings.runs, 'run')}, seed ${seed}; ${100 * validationShare} % of the training part held out by seed; tested at the best validation epoch`,
    ],
    ...regularizers,
    ...untrainedLines(report),
    ...beyondText(settings).map((text): SettingLine => ['beyond', text]),
    ['baselines', 'mean of, and linear PCA with 1, 3 and 10 components of, the whole training part'],
    ['paper', 'its Table 1: 125 epochs, 10 runs, best of its grids; widths, rate and initialisation unknown'],
  ]
}
