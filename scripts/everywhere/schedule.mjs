/** What comes of `work`, which is told to stop after `seconds`, and when it is done: nothing that it started goes on. */
export async function within(seconds, work) {
  const controller = new AbortController()
  const timer = setTimeout(() => controller.abort(), seconds * 1000)
  try {
    return await work(controller.signal)
  } catch (error) {
    throw controller.signal.aborted ? new Error(`not done after ${seconds} s\n${error.message}`) : error
  } finally {
    clearTimeout(timer)
    controller.abort()
  }
}

/** Does all jobs, `count` at a time. */
export async function together(count, jobs) {
  const left = [...jobs]
  const work = async () => {
    for (let job = left.shift(); job !== undefined; job = left.shift()) await job()
  }
  await Promise.all(Array.from({ length: count }, work))
}
