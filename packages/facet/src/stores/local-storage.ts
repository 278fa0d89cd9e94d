import { base64Of, bytesOfBase64 } from './base64.ts'
import { counted, type OpenStore, type Store } from './store.ts'

const PREFIX = 'facet-models/'

/** Characters that browsers give to an origin, keys included: 5 MiB of them. Of base64 they hold models of 3.9 MB. */
const ROOM = 5 * 2 ** 20

/** localStorage: text alone, so base64. It reads and writes at once, which holds the page: for small models. */
export const localStore: Store = {
  async open(): Promise<OpenStore> {
    // To ask for it is an error where the page may not keep anything.
    const storage = globalThis.localStorage as Storage | undefined
    if (typeof storage?.setItem !== 'function') throw new Error('there is no localStorage')
    const keys = (): string[] => Array.from({ length: storage.length }, (_, i) => storage.key(i) as string)
    return {
      async write(name, bytes) {
        storage.setItem(PREFIX + name, base64Of(bytes))
      },
      async read(name) {
        const text = storage.getItem(PREFIX + name)
        return text === null ? null : bytesOfBase64(text)
      },
      names: async () =>
        keys()
          .filter((key) => key.startsWith(PREFIX))
          .map((key) => key.slice(PREFIX.length))
          .sort(),
      async remove(name) {
        storage.removeItem(PREFIX + name)
      },
      async room(bytes) {
        const used = keys().reduce((sum, key) => sum + key.length + (storage.getItem(key)?.length ?? 0), 0)
        return `as base64 they are ${counted(4 * Math.ceil(bytes / 3))} characters, and of the ${counted(ROOM)} that browsers give to a page's origin ${counted(used)} are used; 'indexeddb' and 'opfs' hold larger models`
      },
      close: () => undefined,
    }
  },
}
