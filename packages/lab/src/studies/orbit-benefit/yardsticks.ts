import type { ImageShape } from '@facet/data'
import { meanPredictorError, pca } from '@facet/models'
import { drawEpsilon, type GeneratorBank, type OrbitScale, orbitScale } from '@facet/regularizers'
import { concat, type Key, key, rows, scope, type Tensor } from '@facet/tensor'
import { significant } from '../../text/round.ts'
import { shownPart, shownRows, shownValues } from '../paper-table/showcase.ts'
import { type OrbitBenefitSettings, orbitStudyProtocol } from './settings.ts'
import { loadParts, studyBank } from './study-data.ts'

/** A set and a run: what needs no network. */
export interface StudyYardstickTask {
  readonly settings: OrbitBenefitSettings
  readonly set: string
  readonly run: number
}

/** What figures of a set are drawn from; samples are rounded to what a picture shows. */
export interface StudyShowcase {
  /** Test samples [6][d], and their rows in the test part. */
  readonly originals: readonly (readonly number[])[]
  readonly originalRows: readonly number[]
  /** Samples of the training part, and each moved by four random group elements. */
  readonly movedFrom: readonly (readonly number[])[]
  readonly moved: readonly (readonly (readonly number[])[])[]
  /** Covariance of ε [B][B], in units of the prior scales. */
  readonly covariance: readonly (readonly number[])[]
  readonly bank: string
  readonly image: ImageShape | null
}

/** Test errors of predictors that learn nothing deep, fitted to what the models of the run are trained on. */
export interface StudyYardsticks {
  readonly meanPredictor: number
  /** Of as many components as the bottleneck has units. */
  readonly pca: number
  /** The same, fitted to the training part and samples on its orbits, for every scale that `orbit` has. */
  readonly pcaOnOrbit: readonly { readonly value: number; readonly error: number }[]
  /** Share of the differences between neighbours that the generators explain. */
  readonly explainedFraction: number
  /** Of run 0 alone. */
  readonly showcase: StudyShowcase | null
}

const shownSamples = 3
const shownMoves = 4
const covarianceDigits = 4

/** Samples [n, d], each moved by `copies` random group elements: [copies · n, d], copy by copy. */
function movedSamples(
  bank: GeneratorBank,
  scale: OrbitScale,
  samples: Tensor,
  s: number,
  copies: number,
  k: Key,
): Tensor {
  const count = samples.shape[0]
  return concat(
    Array.from({ length: copies }, (_, copy) =>
      bank.act(samples, drawEpsilon(bank, scale, s, count, k.child(copy))),
    ),
    0,
  )
}

function showcaseOf(
  bank: GeneratorBank,
  scale: OrbitScale,
  {
    train,
    test,
    image,
  }: { readonly train: Tensor; readonly test: Tensor; readonly image: ImageShape | null },
  k: Key,
): StudyShowcase {
  const shown = Math.min(shownSamples, train.shape[0])
  const from = rows(shownPart(train), 0, shown)
  const moved = shownValues(movedSamples(bank, scale, from, orbitStudyProtocol.shownScale, shownMoves, k))
  return {
    originals: shownValues(shownPart(test)),
    originalRows: shownRows(test.shape[0]),
    movedFrom: shownValues(from),
    moved: Array.from({ length: shown }, (_, i) =>
      Array.from({ length: shownMoves }, (_, copy) => moved[copy * shown + i]),
    ),
    covariance: (scale.covariance.toArray() as number[][]).map((row) =>
      row.map((value) => significant(value, covarianceDigits)),
    ),
    bank: bank.name,
    image,
  }
}

export async function runStudyYardsticks({
  settings,
  set,
  run,
}: StudyYardstickTask): Promise<StudyYardsticks> {
  const { bottleneck, candidates, parts: bankParts, seed } = settings
  const parts = await loadParts(set, settings, run)
  const { train, test } = parts
  const { neighbours, pcaSamples } = orbitStudyProtocol
  const bank = studyBank(parts, bankParts)
  const copies = Math.max(1, Math.floor(pcaSamples / train.shape[0]) - 1)
  return scope(() => {
    const scale = orbitScale(bank, train, { neighbours })
    const k = key(seed).child('yardsticks', run)
    return {
      meanPredictor: meanPredictorError(train, test),
      pca: pca(train, bottleneck).error(test),
      pcaOnOrbit: candidates.lieGroupOrbit.map((value, i) => {
        const moved = movedSamples(bank, scale, train, value, copies, k.child('pca', i))
        return { value, error: pca(concat([train, moved], 0), bottleneck).error(test) }
      }),
      explainedFraction: scale.explainedFraction,
      showcase: run === 0 ? showcaseOf(bank, scale, parts, k.child('showcase')) : null,
    }
  })
}
