/** Errors that say what is wrong with what a caller gave. */
const mistakes = new WeakSet<object>()

/** Marks an error: what was given is wrong, and no other backend, thread or kernel makes it good. */
export function mistake<E extends Error>(error: E): E {
  mistakes.add(error)
  return error
}

/** Whether it is what was given that is wrong, and not what the engine may do: then nobody falls back to something else. */
export const isMistake = (error: unknown): boolean => mistakes.has(error as object)
