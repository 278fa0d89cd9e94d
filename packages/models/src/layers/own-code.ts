import type { Layer } from './layer.ts'
import { knownRow } from './layer-kind.ts'

/** What regions and maps of a layer are made of. */
const parts = ['forward', 'hold', 'push', 'pull', 'tangentFactors', 'jacobianFactors', 'walk'] as const

/** What the layers of Facet's own kinds make these of. */
const inside = ['linear', 'shift', 'firstSteps', 'pushLinear', 'pullLinear', 'behind'] as const

const members: readonly string[] = [...parts, ...inside]

/** Not a part of what an object computes. */
const harmless: readonly string[] = ['constructor', 'toString', 'dispose']

/**
 * The first member of a known prototype that an object, or a class between the two, has code of its own for; `null` where there is none.
 * @param known among the prototypes of the object
 */
export function ownMember(value: object, known: object): string | null {
  for (let at = value; at !== null && at !== known; at = Object.getPrototypeOf(at)) {
    const own = Object.getOwnPropertyNames(at).find((name) => name in known && !harmless.includes(name))
    if (own !== undefined) return own
  }
  return null
}

/** `a Scaled`, `an Own`: the class of an object, for errors. */
export function classOf(value: object): string {
  const name = value.constructor?.name || 'unnamed class'
  return `${/^[aeiou]/i.test(name) ? 'an' : 'a'} ${name}`
}

/** Of this very class, with no code of its own. */
export const isExactly = (value: object, prototype: object): boolean =>
  Object.getPrototypeOf(value) === prototype && ownMember(value, prototype) === null

/** Why a network or an autoencoder is not the plain one, in words: `a Clipped with its own 'reconstruct'`; `null` where it is. */
export function strangeClass(value: object, known: object): string | null {
  if (isExactly(value, known)) return null
  const own = ownMember(value, known)
  return own === null ? classOf(value) : `${classOf(value)} with its own '${own}'`
}

/** Whether a layer is of no kind of Facet's: it fills in `Layer` itself, and answers for it. */
export const answersForItself = (layer: Layer): boolean => knownRow(layer) === null

/**
 * Why the regions and the map of a layer are not known, or of one within; `null` where they are. Those of a class made of a known kind are not: with code of
 * its own half of the old code would be left, and with other data in its constructor two members may say different things (a `Dense` with another
 * `activation` than its pieces have). Files refuse the same. A layer that fills in `Layer` itself answers for itself.
 */
export function whyUnknown(layer: Layer): string | null {
  const own = reasonOf(layer)
  if (own !== null) return `'${layer.name}', ${own}`
  for (const within of layer.inside ?? []) {
    const why = whyUnknown(within)
    if (why !== null) return why
  }
  return null
}

function reasonOf(layer: Layer): string | null {
  const plain = knownRow(layer)?.layer.prototype
  if (plain === undefined) {
    const missing = parts.find((part) => typeof layer[part] !== 'function')
    return missing === undefined ? null : `${classOf(layer)}, which has no '${missing}'`
  }
  // Plain layers are looked at in every call, and have one prototype.
  if (Object.getPrototypeOf(layer) === plain && !members.some((name) => Object.hasOwn(layer, name)))
    return null
  return strangeClass(layer, plain)
}
