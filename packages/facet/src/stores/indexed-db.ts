import { type OpenStore, originRoom, type Store } from './store.ts'

const DATABASE = 'facet-models'
const TABLE = 'models'

const resultOf = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

/** IndexedDB: one record a model, its bytes under its name. Transactions are all or nothing. */
export const indexedDb: Store = {
  async open(): Promise<OpenStore> {
    const { indexedDB } = globalThis
    if (indexedDB === undefined) throw new Error('there is no IndexedDB')
    const request = indexedDB.open(DATABASE, 1)
    request.onupgradeneeded = () => request.result.createObjectStore(TABLE)
    const database = await resultOf(request)
    // Otherwise a page that stays open keeps others from deleting the database.
    database.onversionchange = () => database.close()
    const reading = (): IDBObjectStore => database.transaction(TABLE, 'readonly').objectStore(TABLE)
    /** Waits for the whole transaction: a request that succeeded may still be undone, for want of room. */
    const change = (make: (table: IDBObjectStore) => void): Promise<void> =>
      new Promise((resolve, reject) => {
        const transaction = database.transaction(TABLE, 'readwrite', { durability: 'strict' })
        transaction.oncomplete = () => resolve()
        transaction.onabort = () => reject(transaction.error ?? new Error('the transaction was aborted'))
        make(transaction.objectStore(TABLE))
      })
    return {
      write: (name, bytes) => change((table) => table.put(bytes, name)),
      read: async (name) => (await resultOf(reading().get(name))) ?? null,
      names: async () => (await resultOf(reading().getAllKeys())).map(String),
      remove: (name) => change((table) => table.delete(name)),
      room: originRoom,
      close: () => database.close(),
    }
  },
}
