/** λ of every term that is added to the reconstruction loss, where none is given (SPEC 3, Weights). */
export const defaultWeight = 0.01
