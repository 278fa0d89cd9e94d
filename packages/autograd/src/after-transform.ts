/** The error of an op that got a traced value after its transform was over: the function had stored it elsewhere. */
export const usedAfterTransform = (op: string): Error =>
  new Error(
    `${op}: got a tensor of a transform that has finished; return it from the transformed function (or as aux) instead`,
  )
