import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Arrays, Work, WorkKind } from '../../work/work.ts'
import { type Entry, type Prepared, type Session, Skip } from '../contender.ts'

const script = fileURLToPath(new URL('./serve.py', import.meta.url))

/** What a library computes with, found out in its own process. */
export interface Kernels {
  /** The file that its products are in, a name for it, and for OpenBLAS the kernel and the threads; `null` where there is none. */
  readonly blas: {
    readonly library: string
    readonly name: string
    readonly core: string | null
    readonly threads: number | null
  } | null
  /** Bits of the vectors in its own loops. */
  readonly loops: number
}

/** A session that says what it computes with. */
export interface PythonSession extends Session {
  readonly kernels: Kernels
}

/** What makes OpenBLAS take another kernel than the one it thinks right. */
export const kernelVariables = ['OPENBLAS_CORETYPE', 'OPENBLAS_L2_SIZE'] as const

/** Debian's Python has `python3-torch` and `python3-numpy`; `FACET_PYTHON` names another. */
const python = process.env.FACET_PYTHON ?? '/usr/bin/python3'

interface Hello extends Kernels {
  readonly version: string
  readonly kinds: readonly WorkKind[]
}

/**
 * A Python process that stays for the whole run and times its own loops: arrays travel as files, requests and answers as
 * lines of JSON, none of it within what is timed.
 *
 * @param library module beside `serve.py`
 * @param environment variables that choose kernels; {@link kernelVariables} of this process are not passed on
 * @throws Skip where Python or the library is missing, or dies at the start.
 */
export async function startPython(
  library: string,
  threads: number,
  environment: Readonly<Record<string, string>> = {},
): Promise<PythonSession> {
  const inherited = { ...process.env }
  for (const name of kernelVariables) delete inherited[name]
  const folder = await mkdtemp(join(tmpdir(), 'facet-bench-'))
  const child = spawn(python, [script, library, String(threads), folder], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: {
      ...inherited,
      ...environment,
      OMP_NUM_THREADS: String(threads),
      OPENBLAS_NUM_THREADS: String(threads),
      MKL_NUM_THREADS: String(threads),
      PYTHONDONTWRITEBYTECODE: '1',
    },
  })
  const ask = conversation(child)
  let hello: Hello
  try {
    hello = (await ask(null)) as unknown as Hello
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw new Skip(`${python}: ${(error as Error).message}`)
  }
  let files = 0

  async function prepare(kind: WorkKind, work: Work, inputs: Arrays): Promise<Prepared> {
    const arrays: Record<string, { file: string; shape: readonly number[] }> = {}
    for (const [name, { shape, values }] of Object.entries(inputs)) {
      const file = join(folder, `${files++}.bin`)
      await writeFile(file, new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
      arrays[name] = { file, shape }
    }
    const { entries } = await ask({ op: 'prepare', kind, work, arrays })
    await Promise.all(Object.values(arrays).map(({ file }) => rm(file)))
    const made = entries as { id: number; variant: string | null }[]
    const entryOf = ({ id, variant }: (typeof made)[number]): Entry => ({
      variant: variant ?? undefined,
      async result() {
        const { file } = await ask({ op: 'result', id })
        const bytes = await readFile(file as string)
        return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength))
      },
      clock: {
        kind: 'own',
        seconds: async (repetitions) => (await ask({ op: 'time', id, repetitions })).seconds as number,
      },
    })
    return {
      entries: made.map(entryOf),
      async release() {
        for (const { id } of made) await ask({ op: 'release', id })
      },
    }
  }

  const { version, blas, loops } = hello
  return {
    version,
    vectors: vectorsOf({ blas, loops }),
    kernels: { blas, loops },
    prepare: Object.fromEntries(
      hello.kinds.map((kind) => [kind, (work: Work, inputs: Arrays) => prepare(kind, work, inputs)]),
    ),
    async close() {
      child.stdin.end()
      if (child.exitCode === null) await once(child, 'exit')
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Widest vectors of OpenBLAS's kernels; a core that is not named here has 128 bits. */
const coreBits: Readonly<Record<string, number>> = {
  ...Object.fromEntries(
    ['Sandybridge', 'Bulldozer', 'Piledriver', 'Steamroller', 'Excavator', 'Haswell', 'Zen'].map((core) => [
      core,
      256,
    ]),
  ),
  ...Object.fromEntries(['SkylakeX', 'Cooperlake', 'Sapphirerapids'].map((core) => [core, 512])),
}

/** In words: `512 bit`, or both where a library's own loops are of another width than its products. */
export function vectorsOf({ blas, loops }: Kernels): string {
  const products = blas === null ? loops : blas.core === null ? null : (coreBits[blas.core] ?? 128)
  if (products === null) return `products by ${blas?.name}, loops ${loops} bit`
  return products === loops ? `${loops} bit` : `products ${products} bit, loops ${loops} bit`
}

type Answer = Record<string, unknown>

/** Sends a request, if there is one, and takes the next line. @throws what Python says where it fails or ends. */
function conversation(child: ChildProcess): (request: object | null) => Promise<Answer> {
  const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]()
  let complaint = ''
  child.stderr!.on('data', (text) => {
    complaint = `${complaint}${text}`.slice(-2000)
  })
  child.stdin!.on('error', () => {})
  const failed = new Promise<never>((_, reject) => child.on('error', reject))
  failed.catch(() => {})
  return async (request) => {
    if (request !== null) child.stdin!.write(`${JSON.stringify(request)}\n`)
    const { value, done } = await Promise.race([lines.next(), failed])
    if (done) throw new Error(complaint.trim().split('\n').at(-1) || 'the process ended')
    const answer = JSON.parse(value) as Answer
    if (answer.error !== undefined) throw new Error(String(answer.error))
    return answer
  }
}
