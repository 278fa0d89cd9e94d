import type { OpName } from '@facet/tensor/dispatch'

/** An op met a value that was kept from a function after its transform was over. */
export const usedAfterTransform = (name: OpName): Error =>
  new Error(
    `${name}: got a tensor of a transform that has finished; return it from the transformed function (or as aux) instead`,
  )
