import { init } from '@facet/tensor'
import { beforeAll, describe, it } from 'vitest'
import { trials } from '../../../../tests/trials.ts'
import { stacks } from '../testing/kind-cases.ts'
import { regionLaws, rewritingsAreTheSame } from '../testing/region-laws.ts'
import { rewritings } from '../testing/rewrites.ts'

beforeAll(() => init())

describe.each(Object.entries(regionLaws))('hundreds of networks: %s', (_, law) => {
  it.each(Object.keys(stacks))('for %s', (name) => law(name, trials(30)))
})

it.each(Object.keys(rewritings))(
  'hundreds of networks with %s: they have the same regions and neighbours',
  (name) => rewritingsAreTheSame(name, trials(40)),
)
