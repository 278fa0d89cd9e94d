import { expect, it } from 'vitest'
import type { ContextSource } from './contexts.ts'
import { isRasteriser, rendererOf } from './software.ts'

it.each([
  'ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero) (0x0000C0DE)), SwiftShader driver)',
  'ANGLE (Mesa, llvmpipe (LLVM 15.0.6, 256 bits), OpenGL 4.5)',
  'llvmpipe, or similar',
  'Gallium 0.4 on softpipe',
  'ANGLE (Microsoft, Microsoft Basic Render Driver (0x0000008C) Direct3D11 vs_5_0 ps_5_0, D3D11)',
  'Apple Software Renderer',
  'Software Rasterizer',
  'GDI Generic',
  'Mesa OffScreen',
])('%s is a rasteriser in software', (name) => expect(isRasteriser(name)).toBe(true))

it.each([
  'ANGLE (NVIDIA, NVIDIA GeForce RTX 3060 (0x00002504) Direct3D11 vs_5_0 ps_5_0, D3D11)',
  'ANGLE (Intel, Mesa Intel(R) UHD Graphics 620 (KBL GT2), OpenGL 4.6)',
  'ANGLE (Apple, ANGLE Metal Renderer: Apple M1, Unspecified Version)',
  'AMD Radeon Pro 5300M OpenGL Engine',
  'Adreno (TM) 640',
  'Mali-G78',
])('%s is a device', (name) => expect(isRasteriser(name)).toBe(false))

it('where names are kept secret, what is slow by the word of the browser counts as software', () => {
  const gl = { RENDERER: 1, VENDOR: 2, getExtension: () => null, getParameter: () => 'Mozilla' } as never
  const source = (isFast: boolean): ContextSource => ({
    drawsSeveral: true,
    open: ({ failIfMajorPerformanceCaveat }) => (failIfMajorPerformanceCaveat && !isFast ? 'slow' : gl),
    close: () => {},
    asInBrowser: (_, work) => work(),
  })
  expect(rendererOf(gl, source(true))).toEqual({ renderer: 'Mozilla', vendor: 'Mozilla', software: false })
  expect(rendererOf(gl, source(false))).toEqual({ renderer: 'Mozilla', vendor: 'Mozilla', software: true })
})
