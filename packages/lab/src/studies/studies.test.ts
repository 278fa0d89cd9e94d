import { expect, it } from 'vitest'
import { type ModelName, models } from '../objectives.ts'
import { studyOf } from './studies.ts'

it.each([
  ['reproduce', studyOf('reproduce').definition.fields.models],
  ['orbitBenefit', studyOf('orbitBenefit').definition.fields.models],
])(
  'the models that %s trains where nobody says have a hue each: hues are told apart by every sight',
  (_, field) => {
    const names = field?.default as readonly ModelName[]
    expect(names.length).toBeGreaterThan(5)
    for (const scheme of ['light', 'dark'] as const) {
      const colours = names.map((name) => models[name].colour[scheme])
      expect(new Set(colours).size).toBe(names.length)
    }
  },
)
