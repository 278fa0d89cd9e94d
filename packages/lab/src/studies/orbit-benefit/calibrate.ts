import { key } from '@facet/tensor'
import type { SetSizes } from '../../sets/set-sizes.ts'
import { secondsPerStep } from '../../study/seconds-per-step.ts'
import { epochsOf, studyNet } from './net.ts'
import { costOfSample } from './plan.ts'
import type { OrbitBenefitSettings } from './settings.ts'

/** How much longer than where the costs were measured a step of `ae` takes here, with these settings. */
export function calibrateStudy(settings: OrbitBenefitSettings, { train, length }: SetSizes): number {
  const { batch: count } = epochsOf(settings, train)
  const batch = key('calibration').normal([count, length])
  const model = studyNet({ ...settings, net: 'plain' }, batch, 'calibration')
  return (1000 * secondsPerStep(model, batch)) / (count * costOfSample(length))
}
