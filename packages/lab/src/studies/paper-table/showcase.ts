import type { Autoencoder, ObjectiveRun } from '@facet/models'
import type { LieGroupRun } from '@facet/regularizers'
import { gather, type Key, scope, type Tensor, tensor } from '@facet/tensor'
import { roundTogether, significant } from '../../text/round.ts'

/** Test samples shown with their reconstructions. */
const shownSamples = 6

/** Neighbouring pairs shown, as in Fig. 5. */
const shownPairs = 16

/** Drawn to find that many: some pairs of the second order have no neighbouring region. */
const drawnPairs = 64

/** Digits kept of ε; a line of the results stays small. */
const epsilonDigits = 5

/** Digits kept of the largest value of samples: finer than a picture shows. */
const sampleDigits = 4

/** ε of single pairs, for the heat-maps of Fig. 5. */
export interface ShownEpsilon {
  /** A row of h for each pair, at most 16: fewer where fewer have a neighbouring region. */
  readonly values: readonly (readonly number[])[]
  /** `‖G_k‖_F` of each generator. */
  readonly norms: readonly number[]
}

/** What a trained model shows of itself beside its errors, rounded to what a figure needs. */
export interface Showcase {
  /** Of the test samples in {@link shownRows}, [6][d]. */
  readonly reconstructions: readonly (readonly number[])[]
  /** `null` for models without generators. */
  readonly epsilon: ShownEpsilon | null
}

/** Which of so many test samples are shown: evenly spread over the part, so that nobody picks them. */
export const shownRows = (count: number): number[] => {
  const shown = Math.min(shownSamples, count)
  return Array.from({ length: shown }, (_, i) => Math.floor(((i + 0.5) * count) / shown))
}

/** The shown rows of a part [n, d]. */
export const shownPart = (part: Tensor): Tensor =>
  gather(part, tensor(Int32Array.from(shownRows(part.shape[0]))))

/** Samples [n, d] as numbers of few digits. */
export const shownValues = (samples: Tensor): number[][] =>
  roundTogether(samples.toArray() as number[][], sampleDigits)

const hasPairs = (run: ObjectiveRun): run is LieGroupRun => 'epsilonOfPairs' in run

function shownEpsilon(run: LieGroupRun, train: Tensor, key: Key): ShownEpsilon {
  return scope(() => {
    const { epsilon, norms, found } = run.epsilonOfPairs(train, key, drawnPairs)
    const counts = found.dataSync()
    const rows = (epsilon.toArray() as number[][]).filter((_, pair) => counts[pair] === 1)
    const digits = (values: readonly number[]) => values.map((value) => significant(value, epsilonDigits))
    return { values: rows.slice(0, shownPairs).map(digits), norms: digits(norms.toArray() as number[]) }
  })
}

/** What a trained model shows: `train` [n, d] is what it was trained on, `test` [m, d] the whole test part. */
export function makeShowcase(
  model: Autoencoder,
  objectives: readonly ObjectiveRun[],
  { train, test }: { readonly train: Tensor; readonly test: Tensor },
  key: Key,
): Showcase {
  const lie = objectives.find(hasPairs)
  return {
    reconstructions: scope(() => shownValues(model.reconstruct(shownPart(test)))),
    epsilon: lie === undefined ? null : shownEpsilon(lie, train, key),
  }
}
