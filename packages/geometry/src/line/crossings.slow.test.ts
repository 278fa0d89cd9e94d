import { init } from '@facet/tensor'
import { beforeAll, describe, it } from 'vitest'
import { stacks } from '../testing/kind-cases.ts'
import { integerLinesAreDecided, lineLaws } from '../testing/line-laws.ts'

beforeAll(() => init())

describe.each(Object.entries(lineLaws))('of thousands of networks: a line %s', (_, law) => {
  it.each(Object.keys(stacks))('through %s', (name) => law(name, stacks[name].inputs > 12 ? 30 : 150))
})

it('thousands of networks and lines of small integers are decided', () => integerLinesAreDecided(1500))
