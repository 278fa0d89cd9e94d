import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { names, read, remove, type StoreName, write } from './index.ts'
import { originRoom } from './store.ts'

const all: StoreName[] = ['indexeddb', 'opfs', 'localstorage']
const bytes = Uint8Array.from({ length: 100_003 }, (_, i) => (i * 7919) >> 3)

/** A localStorage with so much room. */
class Shelf {
  readonly #texts = new Map<string, string>()
  readonly #room: number
  constructor(room: number) {
    this.#room = room
  }
  get length(): number {
    return this.#texts.size
  }
  key(i: number): string | null {
    return [...this.#texts.keys()][i] ?? null
  }
  getItem(key: string): string | null {
    return this.#texts.get(key) ?? null
  }
  setItem(key: string, text: string): void {
    if (key.length + text.length > this.#room) throw new DOMException('full', 'QuotaExceededError')
    this.#texts.set(key, text)
  }
  removeItem(key: string): void {
    this.#texts.delete(key)
  }
}

afterEach(() => void vi.unstubAllGlobals())

describe('where there is no store', () => {
  beforeEach(() => {
    // Later versions of Node have one of them.
    vi.stubGlobal('localStorage', undefined)
    vi.stubGlobal('indexedDB', undefined)
  })

  it.each([
    ['indexeddb', 'there is no IndexedDB'],
    ['opfs', 'there is no file system of the page'],
    ['localstorage', 'there is no localStorage'],
  ] as const)("'%s' says so, and that bytes can be had", async (store, why) => {
    const told = `'${store}' is not there: ${why}; nor are the others; save() without \`to\` gives the bytes, to be kept elsewhere`
    await expect(write(store, 'a', bytes)).rejects.toThrow(`save: to: ${told}`)
    await expect(read(store, 'a')).rejects.toThrow(`load: from: ${told}`)
    await expect(names(store)).rejects.toThrow(`names: from: ${told}`)
    await expect(remove(store, 'a')).rejects.toThrow(`remove: from: ${told}`)
  })

  it('a store that is refused says why, and names those that are there', async () => {
    vi.stubGlobal('localStorage', new Shelf(1e6))
    vi.stubGlobal('indexedDB', {
      open() {
        throw new DOMException('The operation is insecure.', 'SecurityError')
      },
    })
    const refused = write('indexeddb', 'a', bytes)
    await expect(refused).rejects.toThrow(
      "save: to: 'indexeddb' is not there: The operation is insecure.; there is 'localstorage'",
    )
    await expect(refused).rejects.toHaveProperty('cause.name', 'SecurityError')
  })

  it('a file system on a page without https says what it needs', async () => {
    vi.stubGlobal('isSecureContext', false)
    await expect(read('opfs', 'a')).rejects.toThrow(
      "load: from: 'opfs' is not there: pages have a file system of their own on https: and localhost alone; nor",
    )
  })

  it('a file system that cannot replace files whole is not used', async () => {
    vi.stubGlobal('navigator', { storage: { getDirectory: async () => ({}) } })
    vi.stubGlobal('FileSystemFileHandle', class {})
    vi.stubGlobal('localStorage', new Shelf(1e6))
    await expect(write('opfs', 'a', bytes)).rejects.toThrow(
      "save: to: 'opfs' is not there: this browser does not write files whole or not at all (createWritable); there is 'localstorage'",
    )
  })
})

describe('what is no store and no name', () => {
  it('is refused with the stores that there are', async () => {
    await expect(write('disk' as never, 'a', bytes)).rejects.toThrow(
      "save: to: expected one of indexeddb, opfs, localstorage, got 'disk'",
    )
    await expect(read(undefined as never, 'a')).rejects.toThrow(
      'load: from: expected one of indexeddb, opfs, localstorage, got undefined',
    )
  })

  it.each([
    ['', "''"],
    [undefined, 'undefined'],
    [7, '7'],
    ['\ud800', String.raw`'\u{d800}'`],
    ['é'.repeat(41), `'${'é'.repeat(41)}'`],
  ])('%j is no name of a model', async (name, told) => {
    for (const store of all) {
      for (const [operation, call] of Object.entries({
        save: write(store, name as never, bytes),
        load: read(store, name as never),
        remove: remove(store, name as never),
      }))
        await expect(call).rejects.toThrow(
          `${operation}: name: expected a text of 1 to 80 bytes, got ${told}`,
        )
    }
  })
})

describe('the room of an origin', () => {
  const told = (estimate: unknown): Promise<string> => {
    vi.stubGlobal('navigator', { storage: { estimate } })
    return originRoom(5000)
  }

  it('is said where it is too small', async () => {
    expect(await told(async () => ({ quota: 1_200_000, usage: 1_195_001 }))).toBe(
      "of 1,200,000 bytes that this page's origin may use, 1,195,001 are used and 4,999 are free (navigator.storage.estimate())",
    )
    expect(await told(async () => ({ quota: 5, usage: 7 }))).toMatch(/ 7 are used and 0 are free /)
  })

  it('is doubted where it would be large enough', async () => {
    expect(await told(async () => ({ quota: 1e10, usage: 0 }))).toMatch(
      /10,000,000,000 are free .*, yet the browser refuses: the disk may be full, or this page may use less than is told$/,
    )
  })

  it.each<[string, unknown]>([
    ['not known', undefined],
    ['kept secret', async () => ({})],
    ['refused', () => Promise.reject(new TypeError('no'))],
  ])('that is %s is not made up', async (_, estimate) => {
    expect(await told(estimate)).toBe('the browser does not say how much room there is')
  })
})

describe('localStorage', () => {
  let shelf: Shelf
  beforeEach(() => {
    shelf = new Shelf(200_000)
    vi.stubGlobal('localStorage', shelf)
  })

  it('gives back the bytes that it was given, of every length of the last group of base64', async () => {
    for (const length of [0, 1, 2, 3, 100_003]) {
      await write('localstorage', 'pump', bytes.subarray(7, 7 + length))
      expect(Buffer.compare(await read('localstorage', 'pump'), bytes.slice(7, 7 + length))).toBe(0)
    }
  })

  it('lists its models sorted, and nothing that others keep there', async () => {
    shelf.setItem('theme', 'dark')
    for (const name of ['b', 'a/b', 'ä ö']) await write('localstorage', name, bytes.subarray(0, 9))
    expect(await names('localstorage')).toEqual(['a/b', 'b', 'ä ö'])
    await remove('localstorage', 'b')
    expect(await names('localstorage')).toEqual(['a/b', 'ä ö'])
    expect(shelf.getItem('theme')).toBe('dark')
  })

  it('names the models that there are where one is not', async () => {
    await expect(read('localstorage', 'pmup')).rejects.toThrow(
      "load: no model 'pmup' in 'localstorage'; there are none",
    )
    for (let i = 0; i < 22; i++) await write('localstorage', `m${10 + i}`, bytes.subarray(0, 9))
    const shown = Array.from({ length: 20 }, (_, i) => `'m${10 + i}'`).join(', ')
    const told = `no model 'pmup' in 'localstorage'; there are ${shown}, … (22)`
    await expect(read('localstorage', 'pmup')).rejects.toThrow(`load: ${told}`)
    await expect(remove('localstorage', 'pmup')).rejects.toThrow(`remove: ${told}`)
  })

  it('that is full says how much was wanted, how much is used, and what to do; the old model is still there', async () => {
    const small = bytes.slice(0, 999)
    await write('localstorage', 'pump', small)
    const refused = write('localstorage', 'pump', new Uint8Array(150_000))
    await expect(refused).rejects.toThrow(
      "save: 'localstorage' has no room for the 150,000 bytes of 'pump': as base64 they are 200,000 characters, and of the 5,242,880 that browsers give " +
        "to a page's origin 1,349 are used; 'indexeddb' and 'opfs' hold larger models; make room with remove(store, name) of @facet/facet/stores " +
        "(there are 'pump'), or fit with a smaller `memory` of rows",
    )
    await expect(refused).rejects.toHaveProperty('name', 'QuotaExceededError')
    expect(await read('localstorage', 'pump')).toEqual(small)
  })

  it('whose text somebody has changed says so', async () => {
    shelf.setItem('facet-models/pump', 'not base64!')
    await expect(read('localstorage', 'pump')).rejects.toThrow("load: 'localstorage' does not give 'pump': ")
  })

  it('that fails otherwise says how', async () => {
    vi.spyOn(shelf, 'setItem').mockImplementation(() => {
      throw new Error('the disk is broken')
    })
    await expect(write('localstorage', 'pump', bytes)).rejects.toThrow(
      "save: 'localstorage' does not take 'pump': the disk is broken",
    )
  })
})
