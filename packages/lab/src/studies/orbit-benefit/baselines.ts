import { meanPredictorError, pca } from '@facet/models'
import { drawEpsilon, type GeneratorBank, type OrbitScale, orbitScale } from '@facet/regularizers'
import { concat, type Key, key, rows, scope, type Tensor } from '@facet/tensor'
import { type CandidateValue, hasAmplitude, numberOf } from '../../candidate-value.ts'
import { models } from '../../objectives.ts'
import { shownPart, shownRows, shownValues } from '../../study/shown-samples.ts'
import { significant } from '../../text/round.ts'
import { bankSource, loadParts, type Parts, trainingBank } from './data.ts'
import type { BenefitBaselines, Showcase } from './outcome.ts'
import { type OrbitBenefitSettings, protocol } from './settings.ts'
import { orderFacts, stencilsOf } from './stencils.ts'

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

function showcaseOf(bank: GeneratorBank, scale: OrbitScale, { train, test, image }: Parts, k: Key): Showcase {
  const shown = Math.min(shownSamples, train.shape[0])
  const from = rows(shownPart(train), 0, shown)
  const moved = shownValues(movedSamples(bank, scale, from, protocol.shownScale, shownMoves, k))
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

/** The scales at which PCA is fitted to samples on orbits: those that the orbit model has to choose from. */
export const orbitScales = ({
  candidates,
}: Pick<OrbitBenefitSettings, 'candidates'>): readonly CandidateValue[] =>
  candidates.lieGroupOrbit ?? models.lieGroupOrbit.tuned!.grid

/** What needs no network, of a set and a run. */
export async function runBaselines(
  settings: OrbitBenefitSettings,
  { set, run }: { readonly set: string; readonly run: number },
): Promise<BenefitBaselines> {
  const { bottleneck, seed } = settings
  const parts = await loadParts(set, settings, run)
  const { train, test } = parts
  const { neighbours, pcaSamples } = protocol
  const source = bankSource(parts, settings.parts)
  const banks = [...new Set(settings.models.flatMap((model) => models[model].bank ?? []))]
  const copies = Math.max(1, Math.floor(pcaSamples / train.shape[0]) - 1)
  return scope(() => {
    const given = (amplitude: boolean) => {
      const bank = trainingBank(parts, settings.parts, { amplitude })
      return { bank, scale: orbitScale(bank, train, { neighbours }) }
    }
    const usual = given(true)
    // All releases have drawn these samples by this name.
    const k = key(seed).child('yardsticks', run)
    return {
      meanPredictor: meanPredictorError(train, test),
      pca: pca(train, bottleneck).error(test),
      pcaOnOrbit: orbitScales(settings).map((value, i) => {
        const { bank, scale } = hasAmplitude(value) ? usual : given(false)
        const moved = movedSamples(bank, scale, train, numberOf(value), copies, k.child('pca', i))
        return { value, error: pca(concat([train, moved], 0), bottleneck).error(test) }
      }),
      explainedFraction: usual.scale.explainedFraction,
      showcase: run === 0 ? showcaseOf(usual.bank, usual.scale, parts, k.child('showcase')) : null,
      learned: run === 0 && banks.length > 0 ? stencilsOf(source, banks) : null,
      order: banks.includes('learnedOrder') ? orderFacts(source) : null,
    }
  })
}
