/** Dtypes of numbers. */
export const numbers = ['float32', 'float64', 'int32', 'uint32'] as const
/** Dtypes of floating-point numbers. */
export const floats = ['float32', 'float64'] as const
/** All dtypes. */
export const anything = [...numbers, 'bool'] as const
