/** Runs the program at an address, in a page or in Node; `longest` is that of the tasks of more than 50 ms that the page had. */
export const runnerText = `async (address) => {
  const tasks = []
  const observer = globalThis.document && new PerformanceObserver((list) => tasks.push(...list.getEntries()))
  observer?.observe({ type: 'longtask' })
  const start = performance.now()
  const { run } = await import(address)
  const { firstStep, trained, error } = await run()
  const done = performance.now() - start
  await new Promise((done) => setTimeout(done, 50))
  const longest = Math.max(0, ...tasks.map(({ duration }) => duration))
  return { firstStep: firstStep - start, steps: trained - firstStep, done, error, longest }
}`
