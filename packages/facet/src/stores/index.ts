import { aValue, expectOneOf, quote } from '@facet/tensor/checks'
import { indexedDb } from './indexed-db.ts'
import { localStore } from './local-storage.ts'
import { opfs } from './opfs.ts'
import { counted, type OpenStore, type Store } from './store.ts'

const stores = {
  /** IndexedDB: pages, workers and service workers; as much as the browser gives to the origin. The one to take. */
  indexeddb: indexedDb,
  /** The origin's private file system: the same room, as files. */
  opfs,
  /** localStorage: pages alone, 3.9 MB for all models of an origin, and the page waits while it reads and writes. */
  localstorage: localStore,
} satisfies Record<string, Store>

/** Where a browser keeps models. */
export type StoreName = keyof typeof stores

const storeNames = Object.keys(stores) as StoreName[]

/** File systems take names of 255 bytes, and of those outside the alphabet three bytes for one. */
const LONGEST = 80

const aName = aValue<string>(
  `a text of 1 to ${LONGEST} bytes`,
  (value) =>
    typeof value === 'string' &&
    value !== '' &&
    // Halves of letters have no bytes of their own.
    !/\p{Surrogate}/u.test(value) &&
    new TextEncoder().encode(value).length <= LONGEST,
)

/** The most names that an error message lists. */
const SHOWN = 20

const listed = (names: readonly string[]): string =>
  names.length === 0
    ? 'there are none'
    : `there are ${names.slice(0, SHOWN).map(quote).join(', ')}${names.length > SHOWN ? `, … (${names.length})` : ''}`

/** Of the other stores those that are there. */
async function others(missing: StoreName): Promise<string> {
  const there: string[] = []
  for (const name of storeNames) {
    if (name === missing) continue
    const store = await stores[name].open().catch(() => null)
    store?.close()
    if (store) there.push(`'${name}'`)
  }
  return there.length === 0
    ? 'nor are the others; save() without `to` gives the bytes, to be kept elsewhere'
    : `there ${there.length === 1 ? 'is' : 'are'} ${there.join(' and ')}`
}

/** What a call does to a store, with its name and the option that names the store, for errors. */
async function using<T>(
  [operation, option]: readonly [string, string],
  kind: StoreName,
  act: (store: OpenStore) => Promise<T>,
): Promise<T> {
  expectOneOf(operation, option, kind, storeNames)
  const store = await stores[kind].open().catch(async (cause: Error) => {
    const message = `${operation}: ${option}: '${kind}' is not there: ${cause.message}; ${await others(kind)}`
    throw new Error(message, { cause })
  })
  try {
    return await act(store)
  } finally {
    store.close()
  }
}

/** Browsers' names of the error of a store that is full; the second is Firefox's, of localStorage. */
const full = ['QuotaExceededError', 'NS_ERROR_DOM_QUOTA_REACHED']

/**
 * Keeps the bytes of a model under a name, in place of those that had it.
 *
 * @throws RangeError for an unknown store, TypeError for a name that is none, Error where the store is not there, or fails (its `cause` says how), and one
 *   with the name `QuotaExceededError` where it has no room. What was under the name before is then still there.
 */
export async function write(to: StoreName, name: string, bytes: Uint8Array): Promise<void> {
  aName.check('save', 'name', name)
  await using(['save', 'to'], to, async (store) => {
    try {
      // A view would be kept with all that it looks into.
      await store.write(name, bytes.slice())
    } catch (cause) {
      const { name: kind, message } = cause as Error
      if (!full.includes(kind))
        throw new Error(`save: '${to}' does not take ${quote(name)}: ${message}`, { cause })
      const told = `save: '${to}' has no room for the ${counted(bytes.length)} bytes of ${quote(name)}: ${await store.room(bytes.length)}`
      const names = await store.names()
      const error = new Error(
        `${told}; make room with remove(store, name) of @facet/facet/stores (${listed(names)}), or fit with a smaller \`memory\` of rows`,
        { cause },
      )
      error.name = full[0]
      throw error
    }
  })
}

const missing = async (operation: string, from: StoreName, name: string, store: OpenStore): Promise<Error> =>
  new Error(`${operation}: no model ${quote(name)} in '${from}'; ${listed(await store.names())}`)

/**
 * The bytes of the model that was saved under a name.
 *
 * @throws RangeError for an unknown store, TypeError for a name that is none, Error where the store is not there or fails (its `cause` says how), and where the
 *   name is not there: with those that are.
 */
export async function read(from: StoreName, name: string): Promise<Uint8Array<ArrayBuffer>> {
  aName.check('load', 'name', name)
  return using(['load', 'from'], from, async (store) => {
    const bytes = await store.read(name).catch((cause: Error) => {
      throw new Error(`load: '${from}' does not give ${quote(name)}: ${cause.message}`, { cause })
    })
    if (bytes === null) throw await missing('load', from, name, store)
    return bytes
  })
}

/**
 * The names of the models in a store, sorted.
 *
 * @throws RangeError for an unknown store, Error where it is not there.
 */
export const names = (from: StoreName): Promise<string[]> =>
  using(['names', 'from'], from, async (store) => (await store.names()).sort())

/**
 * Takes a model out of a store.
 *
 * @throws RangeError for an unknown store, TypeError for a name that is none, Error where the store is not there, and where the name is not: with those that are.
 */
export async function remove(from: StoreName, name: string): Promise<void> {
  aName.check('remove', 'name', name)
  await using(['remove', 'from'], from, async (store) => {
    if ((await store.read(name)) === null) throw await missing('remove', from, name, store)
    await store.remove(name)
  })
}
