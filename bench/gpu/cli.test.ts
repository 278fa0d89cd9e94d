import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const file = fileURLToPath(new URL('./cli.ts', import.meta.url))

const command = (...args: string[]) =>
  new Promise<{ code: number; out: string; err: string }>((resolve) => {
    const all = ['--conditions=facet-source', '--import', 'tsx', file, ...args]
    const child = execFile(process.execPath, all, (_, out, err) =>
      resolve({ code: child.exitCode!, out, err }),
    )
  })

it('lists the cases that are asked for', async () => {
  const { code, out } = await command('--list', '--cases', 'affine')
  expect(code).toBe(0)
  expect(out).toBe('affine 16 × 784 → 512\naffine 256 × 784 → 512\n')
})

it.each([
  [['--on', 'toaster'], "--on: expected swiftshader, llvmpipe, vulkan, gpu, got 'toaster'"],
  [['--rounds', '0'], "--rounds: expected a whole number of at least 1, got '0'"],
  [['--cases', 'convolution'], "--cases: expected part of a name that --list shows, got 'convolution'"],
])('refuses %j', async (args, message) => {
  const { code, err } = await command(...args)
  expect(code).toBe(2)
  expect(err).toBe(`bench:gpu: ${message}\n`)
})
