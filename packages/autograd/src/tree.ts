import { formatShape, isFloat, Tensor } from '@facet/tensor'
import { describe } from '@facet/tensor/checks'

/**
 * What can be differentiated: a tensor, or arrays and plain objects of trees. All tensors are float32 or float64, of any shapes.
 *
 * @example
 * const parameters = { layers: [{ weight: ones([3, 2]) }], scale: tensor(2) } satisfies Tree
 * grad((p: typeof parameters) => square(p.scale))(parameters).scale   // 4
 */
export type Tree = Tensor | readonly Tree[] | { readonly [key: string]: Tree }

/**
 * The type that a member of type `V` must have. A tree must be as it is, an object must have such members itself. Anything else (a number, a
 * function) must be a tensor; as it is none, the compiler rejects it.
 */
type Member<V> = V extends Tree
  ? V
  : V extends (...args: never[]) => unknown
    ? Tensor
    : V extends object
      ? { readonly [K in keyof V]: Member<V[K]> }
      : Tensor

/**
 * A bound of type parameters: `P extends TreeOf<P>` accepts every {@link Tree}, and interfaces with such members. An interface is no
 * `Tree`, as it has no index signature: its members are checked one by one.
 *
 * @example
 * interface Layer { weight: Tensor; bias?: Tensor }
 * const gradientOf = <P extends TreeOf<P>>(f: (p: P) => Tensor, p: P): P => grad(f)(p)
 * gradientOf((layer: Layer) => sum(layer.weight), { weight: tensor([1, 2]) }).weight   // [1, 1]
 */
export type TreeOf<P> = Tree | (object & { readonly [K in keyof P]: Member<P[K]> })

const isPlainObject = (value: unknown): value is Readonly<Record<string, unknown>> => {
  if (typeof value !== 'object' || value === null) return false
  const prototype = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/** A value in an error message, a tensor as `float32 [2, 3]`. */
export const describeLeaf = (value: unknown): string =>
  value instanceof Tensor ? `${value.dtype} ${formatShape(value.shape)}` : describe(value)

/**
 * The tensors of a tree, in the order of its keys. `at` names the tree in errors.
 *
 * @throws TypeError, with the path, for anything but floating tensors in arrays and plain objects.
 */
export function floatLeaves(operation: string, at: string, tree: unknown, into: Tensor[] = []): Tensor[] {
  if (tree instanceof Tensor && isFloat(tree.dtype)) into.push(tree)
  else if (Array.isArray(tree)) tree.forEach((inner, i) => floatLeaves(operation, `${at}[${i}]`, inner, into))
  else if (isPlainObject(tree)) {
    for (const key of Object.keys(tree)) floatLeaves(operation, `${at}.${key}`, tree[key], into)
  } else {
    throw new TypeError(
      `${operation}: expected a float32 or float64 tensor at ${at}, got ${describeLeaf(tree)}`,
    )
  }
  return into
}

/**
 * The tensors of `tree` in the order of `like`'s keys.
 *
 * @throws TypeError, with the path, where `tree` has another structure, shape or dtype than `like`.
 */
export function leavesLike(
  operation: string,
  at: string,
  like: unknown,
  tree: unknown,
  into: Tensor[] = [],
): Tensor[] {
  const fail = (expected: string): never => {
    throw new TypeError(`${operation}: expected ${expected} at ${at}, got ${describeLeaf(tree)}`)
  }
  if (like instanceof Tensor) {
    if (!(tree instanceof Tensor) || describeLeaf(tree) !== describeLeaf(like))
      return fail(describeLeaf(like))
    into.push(tree)
  } else if (Array.isArray(like)) {
    if (!Array.isArray(tree) || tree.length !== like.length) return fail(`an array of ${like.length}`)
    like.forEach((inner, i) => leavesLike(operation, `${at}[${i}]`, inner, tree[i], into))
  } else {
    const keys = Object.keys(like as object)
    if (!isPlainObject(tree) || Object.keys(tree).length !== keys.length) {
      return fail(`an object with keys ${keys.join(', ')}`)
    }
    const inner = like as Readonly<Record<string, unknown>>
    for (const key of keys) leavesLike(operation, `${at}.${key}`, inner[key], tree[key], into)
  }
  return into
}

/** A name for each tensor of a tree, in the order of its keys: `p.layers[0].weight`. */
export function leafPaths(at: string, tree: unknown): string[] {
  if (tree instanceof Tensor) return [at]
  if (Array.isArray(tree)) return tree.flatMap((inner, i) => leafPaths(`${at}[${i}]`, inner))
  return Object.entries(tree as Readonly<Record<string, unknown>>).flatMap(([key, inner]) =>
    leafPaths(`${at}.${key}`, inner),
  )
}

/** The same with `f` of every tensor inside arrays and plain objects; anything else stays what it is. */
export function mapTensors<T>(value: T, f: (t: Tensor) => Tensor): T {
  if (value instanceof Tensor) return f(value) as T
  if (Array.isArray(value)) return value.map((inner) => mapTensors(inner, f)) as T
  if (!isPlainObject(value)) return value
  const out: Record<string, unknown> = {}
  for (const key of Object.keys(value)) out[key] = mapTensors(value[key], f)
  return out as T
}

/** A tree like `tree` with these leaves, in its order. */
export function rebuild<T>(tree: T, leaves: readonly Tensor[]): T {
  let next = 0
  return mapTensors(tree, () => leaves[next++])
}
