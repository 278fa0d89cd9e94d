import { type OptionsOf, optionTable, required } from '@facet/tensor/checks'
import { AveragePool } from '../../layers/average-pool.ts'
import { MaxPool } from '../../layers/max-pool.ts'
import { perAxis } from '../../layers/options.ts'
import { windowRows } from '../../layers/pool-layer.ts'
import { Upsample } from '../../layers/upsample.ts'
import type { LayerPlan } from '../plan.ts'

const maxPoolOptions = optionTable('maxPool', windowRows)
const averagePoolOptions = optionTable('averagePool', windowRows)

/** The settings of {@link maxPool} and {@link averagePool}. */
export type PoolPlanOptions = OptionsOf<typeof maxPoolOptions>

/** The largest number of every window, in {@link sequential}: see `MaxPool`. @throws TypeError naming an option that is unknown or wrong. */
export function maxPool(options: PoolPlanOptions): LayerPlan {
  const settings = maxPoolOptions.resolve(options)
  return { draw: (inputs, { name }) => new MaxPool({ name, inputs, ...settings }) }
}

/** The mean of every window, in {@link sequential}: see `AveragePool`. @throws TypeError naming an option that is unknown or wrong. */
export function averagePool(options: PoolPlanOptions): LayerPlan {
  const settings = averagePoolOptions.resolve(options)
  return { draw: (inputs, { name }) => new AveragePool({ name, inputs, ...settings }) }
}

const upsampleOptions = optionTable('upsample', {
  /** How many copies of every row and column there are, for all axes or each. */
  factor: required(perAxis()),
})

/** The settings of {@link upsample}. */
export type UpsamplePlanOptions = OptionsOf<typeof upsampleOptions>

/** Copies of every number along the axes of an image, in {@link sequential}: see `Upsample`. @throws TypeError naming an option that is unknown or wrong. */
export function upsample(options: UpsamplePlanOptions): LayerPlan {
  const { factor } = upsampleOptions.resolve(options)
  return { draw: (inputs, { name }) => new Upsample({ name, inputs, factor }) }
}
