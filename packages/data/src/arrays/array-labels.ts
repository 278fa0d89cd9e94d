import type { ArrayData, ArrayDescription, TextArray } from '@facet/tensor'
import { MOST_CLASSES } from '../samples/most-classes.ts'
import { fail, type Source, shown } from '../samples/source.ts'
import { shownArray } from './shown-array.ts'

/** Labels of samples. */
export interface Labels {
  readonly codes: Int32Array
  /** The text of label i where labels are texts. */
  readonly classes: readonly string[] | null
}

const WHOLE = /^\s*[+-]?\d+(\.0*)?\s*$/

/** One label for each of n samples: `[n]`, `[n, 1]`, or Matlab's `[1, n]`. @throws for another shape */
export function expectLabels(source: Source, n: number, array: ArrayDescription): void {
  const { shape } = array
  const count = shape.reduce((product, length) => product * length, 1)
  if (shape.length >= 1 && count === n && shape.every((length) => length === 1 || length === n)) return
  const oneHot =
    shape.length === 2 && shape[0] === n && shape[1] > 1 ? '; of one column per class save y.argmax(1)' : ''
  fail(source, 'labels', `expected ${n} of them as there are samples, found ${shownArray(array)}${oneHot}`)
}

/** Labels that are whole numbers, of whatever type. @throws for one that is not, or beyond 32 bits */
export function numberLabels(source: Source, { data }: ArrayData): Labels {
  const codes = Int32Array.from(data)
  const wrong = codes.findIndex((label, i) => label !== data[i])
  if (wrong >= 0) {
    fail(
      source,
      'labels',
      `expected whole numbers within 32 bits, found ${data[wrong]} at ${wrong}; as texts, y.astype(str), they may be anything`,
    )
  }
  return { codes, classes: null }
}

/** Labels that are texts: classes in alphabetical order, or themselves where all are whole numbers. */
export function textLabels(source: Source, { texts }: TextArray): Labels {
  const classes = [...new Set(texts)].sort()
  const empty = texts.indexOf('')
  if (empty >= 0) fail(source, 'labels', `expected a label, found an empty text at ${empty}`)
  const whole = (text: string) => WHOLE.test(text) && Number(text) === (Number(text) | 0)
  if (classes.every(whole)) return { codes: Int32Array.from(texts, Number), classes: null }
  if (classes.length > MOST_CLASSES) {
    fail(
      source,
      'labels',
      `expected at most ${MOST_CLASSES} classes where labels are texts, found ${classes.length}, ${shown(classes[0])} for one`,
    )
  }
  const codeOf = new Map(classes.map((text, code) => [text, code]))
  return { codes: Int32Array.from(texts, (text) => codeOf.get(text) as number), classes }
}
