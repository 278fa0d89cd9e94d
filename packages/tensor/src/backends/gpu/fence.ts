/** How often the fence is asked at every turn of the event loop. Then a timer of 1 ms waits in between, which leaves a software rasteriser its cores. */
const QUICK_LOOKS = 20

/** Resolves when the device has done all it was told so far, or has lost its context. */
export function fencePassed(gl: WebGL2RenderingContext): Promise<void> {
  const fence = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0)
  gl.flush()
  if (fence === null) return Promise.resolve()
  const { port1, port2 } = new MessageChannel()
  return new Promise((resolve) => {
    let looks = 0
    const look = (): void => {
      const status = gl.isContextLost() ? gl.WAIT_FAILED : gl.clientWaitSync(fence, 0, 0)
      if (status === gl.TIMEOUT_EXPIRED) {
        if (++looks < QUICK_LOOKS) port2.postMessage(0)
        else setTimeout(look, 1)
        return
      }
      gl.deleteSync(fence)
      port1.close()
      resolve()
    }
    port1.onmessage = look
    port2.postMessage(0)
  })
}
