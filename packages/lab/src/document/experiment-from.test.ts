import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { UsageError } from '../errors.ts'
import { experimentFrom } from './experiment-from.ts'

describe('an experiment of a program', () => {
  it('has the defaults of a document, and its folders beside the one that is named', () => {
    const { experiment, settings } = experimentFrom(
      { experiment: 'reproduce', data: 'ucr', runs: 2 },
      join('/', 'work'),
    )
    expect(experiment).toBe('reproduce')
    expect(settings).toMatchObject({ runs: 2, epochs: 30, data: join('/', 'work', 'ucr') })
    expect(settings.candidates.lieGroupFirstOrder).toEqual([0.01])
  })

  it('is refused with the field that is wrong', () => {
    expect(() => experimentFrom({ experiment: 'orbitGap', seeds: 0 })).toThrow(UsageError)
    expect(() => experimentFrom({ experiment: 'orbitGap', seeds: 0 })).toThrow(
      /^experiment: seeds: expected a whole number from 1 to 10000, got 0$/,
    )
    expect(() => experimentFrom({ experiment: 'orbitGap', seedz: 1 })).toThrow(
      'experiment: seedz: unknown field (did you mean',
    )
  })
})
