import type { Autoencoder, ObjectiveRun } from '@facet/models'
import type { LieGroupRun } from '@facet/regularizers'
import { type Key, scope, type Tensor } from '@facet/tensor'
import { shownPart, shownValues } from '../../study/shown-samples.ts'
import { significant } from '../../text/round.ts'
import type { Showcase, ShownEpsilon } from './outcome.ts'

/** Neighbouring pairs shown, as in Fig. 5. */
const shownPairs = 16

/** Drawn to find that many: some pairs of the second order have no neighbouring region. */
const drawnPairs = 64

/** Digits kept of ε; a line of the results stays small. */
const epsilonDigits = 5

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
