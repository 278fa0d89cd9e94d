/**
 * A loss, the norm of a gradient, a weight or a validation error is NaN or infinite: the run cannot go on as it is. The weights before it
 * are in its last checkpoint: see the option `restart`.
 */
export class NotFiniteError extends Error {
  override readonly name = 'NotFiniteError'
  /** In which epoch, counted from 0: so many were whole before. */
  readonly epoch: number

  constructor(message: string, epoch: number) {
    super(message)
    this.epoch = epoch
  }
}
