import { Skip } from '../../src/contenders/contender.ts'

interface WebGpu {
  requestAdapter(): Promise<{ readonly info?: Readonly<Record<string, string>> } | null>
}

/** What WebGPU computes on here. @throws Skip where it does not, with the reason. */
export async function webGpuAdapter(): Promise<string> {
  if (!isSecureContext) throw new Skip('WebGPU is for pages from https or localhost')
  const { gpu } = navigator as { gpu?: WebGpu }
  if (gpu === undefined) throw new Skip('this browser has no WebGPU')
  const adapter = await gpu.requestAdapter()
  if (adapter === null) throw new Skip('this browser has no adapter for WebGPU')
  const { vendor, architecture, device, description } = adapter.info ?? {}
  return [vendor, architecture, device, description].filter(Boolean).join(' ') || 'an adapter without a name'
}
