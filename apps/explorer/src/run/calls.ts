/** A call of a function of the packages as data: it is done here, and written down as a program. */
export class Call {
  /** The package that the function is of. */
  readonly from: string
  readonly name: string
  readonly args: readonly unknown[]

  constructor(from: string, name: string, args: readonly unknown[]) {
    this.from = from
    this.name = name
    this.args = args
  }
}

/** A value that there is where a call is done, by its name. */
export class Named {
  readonly name: string

  constructor(name: string) {
    this.name = name
  }
}

/** A value, or options some of which are made by a call. */
type Written<T> = T extends object ? T | Call | { [K in keyof T]: T[K] | Call | Named } : T

type Arguments<F> = F extends (...args: infer A) => unknown ? { [I in keyof A]: Written<A[I]> } : never

/**
 * What calls of a package's functions are made with.
 *
 * @example
 * import type * as models from '@facet/models'
 * const call = callsOf<typeof models>('@facet/models')
 * call('adam', { learningRate: 0.001 })
 */
export const callsOf =
  <Package>(from: string) =>
  <Name extends keyof Package & string>(name: Name, ...args: Arguments<Package[Name]>): Call =>
    new Call(from, name, args)

/** Functions, or values, by their names. */
export type Scope = Readonly<Record<string, unknown>>

/** Does a call, and before it those among its arguments. @throws Error for a name that is not in the scope */
export function done<T>(written: unknown, scope: Scope): T {
  return valueOf(written, scope) as T
}

function valueOf(written: unknown, scope: Scope): unknown {
  if (written instanceof Call)
    return (find(written.name, scope) as (...args: unknown[]) => unknown)(
      ...written.args.map((argument) => valueOf(argument, scope)),
    )
  if (written instanceof Named) return find(written.name, scope)
  if (Array.isArray(written)) return written.map((each) => valueOf(each, scope))
  if (typeof written !== 'object' || written === null) return written
  return Object.fromEntries(Object.entries(written).map(([name, value]) => [name, valueOf(value, scope)]))
}

function find(name: string, scope: Scope): unknown {
  if (!Object.hasOwn(scope, name))
    throw new Error(`calls: expected one of ${Object.keys(scope).join(', ')}, got ${name}`)
  return scope[name]
}
