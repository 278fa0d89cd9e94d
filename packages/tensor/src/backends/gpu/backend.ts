import { type Backend, type DeviceDescription, uncloneable } from '../../backend.ts'
import { dtypeOf } from '../../dtype.ts'
import { Device, type GpuTraffic } from './device.ts'
import { kernelsOn } from './kernels/index.ts'
import { packOnDemand } from './kernels/piecewise-affine/states.ts'
import { Runner } from './runner.ts'
import { selfTest } from './self-test.ts'
import { fill, putInto } from './storage-writes.ts'
import { type GpuBuffer, wholeOf } from './texture-storage.ts'
import { Transfer } from './transfer.ts'
import { makeUpdates } from './updates.ts'

/** The backend of gpu.js, with what is known of its device. */
export interface GpuBackend extends Backend<GpuBuffer> {
  readonly name: 'gpu'
  readonly device: DeviceDescription
  /** What has been moved and counted since the start; a copy. */
  traffic(): GpuTraffic
  /** Textures of the context, those of the kernels in the cache among them. */
  liveTextures(): number
  /** Kernels in the cache. */
  cachedKernels(): number
  /** Whether the context, and with it every number on the device, is gone. */
  isLost(): boolean
  /** Gives the context up, as a driver that resets does: for tests of what follows. */
  loseContext(): void
}

/** A backend on a context of its own. @throws Error where there is no WebGL2, no gpu.js, or a device that computes wrongly. */
export async function makeGpuBackend(): Promise<GpuBackend> {
  const device = await Device.open()
  const runner = new Runner(device)
  const transfer = new Transfer(runner)
  runner.packStates = (code) => packOnDemand(runner, code)
  selfTest(runner, transfer)
  device.resetTraffic()
  return {
    name: 'gpu',
    uncloneable,
    widestFloat: 'float32',
    device: device.description,
    traffic: () => ({ ...device.traffic }),
    liveTextures: device.liveTextures,
    cachedKernels: () => runner.kernels,
    isLost: () => device.isLost,
    loseContext: () => device.gl.getExtension('WEBGL_lose_context')?.loseContext(),
    allocate: (dtype, size) => wholeOf(runner.storage(dtype, size)),
    upload(values) {
      const storage = runner.storage(dtypeOf(values), values.length)
      transfer.upload(storage, values)
      return wholeOf(storage)
    },
    view: ({ storage, offset }, from, size) => ({ storage, offset: offset + from, size }),
    release: ({ storage }) => runner.release(storage),
    read: (buffer) => transfer.read(buffer),
    readSync: (buffer) => transfer.readSync(buffer),
    write: (buffer, values) => {
      if (buffer.size === buffer.storage.size) {
        transfer.upload(buffer.storage, values)
        return
      }
      const part = runner.storage(buffer.storage.dtype, values.length)
      transfer.upload(part, values)
      putInto(runner, buffer, part)
    },
    fill(dtype, size, every, start, step) {
      const storage = runner.storage(dtype, size)
      fill(runner, storage, every, start, step)
      return wholeOf(storage)
    },
    kernels: kernelsOn(runner),
    updates: makeUpdates(runner),
  }
}
