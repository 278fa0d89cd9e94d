/** A value that is made when it is first asked for, and kept. */
export type Lazy<T> = () => T

export function lazy<T>(make: () => T): Lazy<T> {
  let made: { readonly value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

/** The function with its last result kept, for the argument that it was asked for. */
export function remembered<A extends object, T>(make: (argument: A) => T): (argument: A) => T {
  let last: { readonly argument: A; readonly value: T } | undefined
  return (argument) => {
    if (last?.argument !== argument) last = { argument, value: make(argument) }
    return last.value
  }
}
