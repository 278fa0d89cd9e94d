import { type Condition, meets } from '@facet/data'
import type { SamplesFile } from '@facet/data/node'
import type { ModelFolder } from './open-model-folder.ts'
import { labelOf } from './sample-names.ts'

/** Which samples of a file are odd, by their labels. */
export interface OddLabels {
  /** In words: `labels that do not meet Class=0`. */
  readonly what: string
  readonly isOdd: Uint8Array
  /** Rows without a label are neither odd nor normal. */
  readonly isLabelled: Uint8Array
}

/**
 * Odd are rows that the training left out by their label, with `--where`; of a model without such a condition those labelled 1 in a file of zeros and ones.
 * `null` where labels say neither.
 */
export function oddLabels({ config }: ModelFolder, samples: SamplesFile): OddLabels | null {
  const { count, labels } = samples
  if (labels === null) return null
  const texts = Array.from({ length: count }, (_, i) => labelOf(samples, i)!)
  const isLabelled = Uint8Array.from(texts, (text) => Number(text !== ''))
  const { where, labels: column } = config.settings.data
  const conditions = (where ?? []).filter((one) => one.column === column || one.column === 'label')
  if (conditions.length > 0) {
    return {
      what: `labels that do not meet ${conditions.map(conditionText).join(', ')}`,
      isOdd: Uint8Array.from(texts, (text) => Number(!conditions.every((one) => meets(one, text)))),
      isLabelled,
    }
  }
  if (!texts.every((text) => ['0', '1', ''].includes(text))) return null
  return { what: 'label 1', isOdd: Uint8Array.from(texts, Number), isLabelled }
}

const conditionText = ({ column, is, value }: Condition): string => `${column}${is}${value}`
