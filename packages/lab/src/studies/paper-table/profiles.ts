import type { Expanded } from '../../fields/definition.ts'
import type { Content } from '../../fields/field.ts'
import { completeSets } from '../../sets/complete-sets.ts'
import { paperModels, paperSets } from './printed.ts'

/** A profile: fields that have other values than their own defaults. */
interface Profile {
  readonly fields: Content
  /** Whether a folder of data stands for all of the paper's sets in it. */
  readonly allSets: boolean
}

/**
 * What nobody says is as the profile has it. `full` is the paper's protocol (docs/mathematics.md 7.1). `standard` leaves out what
 * costs most and changes least: the second order at 512 values takes 240 plain training steps a step.
 */
const profiles = {
  quick: { fields: {}, allSets: false },
  standard: {
    fields: {
      models: paperModels,
      runs: 3,
      epochs: 125,
      weight: [0.01, 1, 100],
      sigma: [0.01, 0.1],
      secondOrderUpTo: 280,
    },
    allSets: true,
  },
  full: {
    fields: {
      models: paperModels,
      runs: 10,
      epochs: 125,
      weight: [0.001, 0.01, 0.1, 1, 10, 100, 1000],
      sigma: [0.001, 0.01, 0.1, 1],
    },
    allSets: true,
  },
} as const satisfies Readonly<Record<string, Profile>>

export type ProfileName = keyof typeof profiles

export const profileNames = Object.keys(profiles) as ProfileName[]

/** A document with the fields of its profile, where it does not have them itself; the sets are those that the folder of its data has whole. */
export function withProfile(content: Content, profile: ProfileName): Expanded {
  const { fields, allSets }: Profile = profiles[profile]
  const whole = { ...fields, ...content }
  if (!allSets || content.sets !== undefined || typeof content.data !== 'string') {
    return { content: whole, notes: [] }
  }
  const { sets, notes } = completeSets(content.data, paperSets)
  // None: whoever looks into the folder says what is wrong with it.
  return { content: { ...whole, sets: sets.length > 0 ? sets : paperSets }, notes }
}
