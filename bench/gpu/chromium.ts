import { type Browser, chromium, type Page } from 'playwright-core'
import rasterisers from '../../scripts/rasterisers.json' with { type: 'json' }
import type { PageResult } from './page/result.ts'

/** What chromium draws with. */
export const devices: Readonly<Record<string, readonly string[]>> = {
  ...rasterisers,
  vulkan: ['--use-gl=angle', '--use-angle=vulkan', '--enable-features=Vulkan', '--ignore-gpu-blocklist'],
  gpu: ['--ignore-gpu-blocklist'],
}

/** WebGPU without a GPU is refused as unsafe unless asked for; its adapter is SwiftShader then, whatever WebGL is on. */
export const openChromium = (executablePath: string, device: string): Promise<Browser> =>
  chromium.launch({ executablePath, args: ['--no-sandbox', '--enable-unsafe-webgpu', ...devices[device]] })

/** Who follows a run from outside of the page. */
export interface Follower {
  /** A line for every case. */
  tell(line: string): void
  /** What there is after every case. */
  keep(found: PageResult): Promise<void>
}

/** Opens the page at `href`, starts it and waits until it is done. @throws Error with what the page says where it fails. */
export async function followRun(page: Page, href: string, follower: Follower): Promise<PageResult> {
  page.setDefaultTimeout(0)
  page.on('pageerror', (error) => follower.tell(error.message))
  await page.exposeFunction('tell', (line: string) => follower.tell(line))
  await page.exposeFunction('keep', (found: PageResult) => follower.keep(found))
  await page.goto(href)
  await page.click('#start')
  const answer = await page.evaluate(() =>
    (globalThis as unknown as { finished: Promise<PageResult> }).finished.catch(
      (error: Error) => error.message,
    ),
  )
  if (typeof answer === 'string') throw new Error(answer)
  return answer
}
