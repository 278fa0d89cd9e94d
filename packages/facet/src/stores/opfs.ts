import { type OpenStore, originRoom, type Store } from './store.ts'

const FOLDER = 'facet-models'
const ENDING = '.safetensors'

/** A file's name for any name, also where file systems take `A` for `a`: `%41` for all but small letters, digits and hyphens. */
const fileOf = (name: string): string =>
  [...new TextEncoder().encode(name)]
    .map((byte) => {
      const letter = String.fromCharCode(byte)
      return /[a-z0-9-]/.test(letter) ? letter : `%${byte.toString(16).padStart(2, '0')}`
    })
    .join('') + ENDING

const nameOf = (file: string): string => decodeURIComponent(file.slice(0, -ENDING.length))

const isMissing = (error: unknown): boolean => (error as Error).name === 'NotFoundError'

/** The origin's private file system: one file a model in a folder of its own. A file is replaced when all of it has been written. */
export const opfs: Store = {
  async open(): Promise<OpenStore> {
    const storage = globalThis.navigator?.storage
    if (storage?.getDirectory === undefined)
      throw new Error(
        globalThis.isSecureContext === false
          ? 'pages have a file system of their own on https: and localhost alone'
          : 'there is no file system of the page',
      )
    if (globalThis.FileSystemFileHandle?.prototype.createWritable === undefined)
      throw new Error('this browser does not write files whole or not at all (createWritable)')
    const root = await storage.getDirectory()
    const folder = await root.getDirectoryHandle(FOLDER, { create: true })
    /** Its file; null where there is none, or an empty one, which a write leaves that was the first of its name and did not end. */
    const fileAt = async (name: string): Promise<File | null> => {
      try {
        const file = await (await folder.getFileHandle(fileOf(name))).getFile()
        return file.size === 0 ? null : file
      } catch (error) {
        if (isMissing(error)) return null
        throw error
      }
    }
    const remove = (name: string): Promise<void> =>
      folder.removeEntry(fileOf(name)).catch((error) => {
        if (!isMissing(error)) throw error
      })
    return {
      async write(name, bytes) {
        const isNew = (await fileAt(name)) === null
        try {
          const file = await folder.getFileHandle(fileOf(name), { create: true })
          const stream = await file.createWritable()
          try {
            await stream.write(bytes)
            await stream.close()
          } catch (error) {
            // A stream that has failed is closed already.
            await stream.abort().catch(() => undefined)
            throw error
          }
        } catch (error) {
          if (isNew) await remove(name)
          throw error
        }
      },
      async read(name) {
        const file = await fileAt(name)
        return file && new Uint8Array(await file.arrayBuffer())
      },
      async names() {
        const names: string[] = []
        for await (const { name, kind } of folder.values())
          if (kind === 'file' && name.endsWith(ENDING) && (await fileAt(nameOf(name))) !== null)
            names.push(nameOf(name))
        return names.sort()
      },
      remove,
      room: originRoom,
      close: () => undefined,
    }
  },
}
