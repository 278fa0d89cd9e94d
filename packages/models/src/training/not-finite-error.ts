/**
 * A loss, the norm of a gradient, a weight or a validation error is NaN or infinite: the run cannot go on as it is. The weights before it
 * are in its last checkpoint: see the option `restart`.
 */
export class NotFiniteError extends Error {
  override readonly name = 'NotFiniteError'
  /** In which epoch, counted from 0: so many were whole before. */
  readonly epoch: number
  /** After which step of all, counted from 0; `null` where the epoch was whole. */
  readonly step: number | null

  constructor(message: string, epoch: number, step: number | null = null) {
    super(message)
    this.epoch = epoch
    this.step = step
  }
}
