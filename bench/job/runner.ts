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

/** Runs what the program at an address lists, and tells of each its time and its tasks of more than 50 ms, as lines of a table. */
export const tasksText = `async (address) => {
  let tasks = []
  new PerformanceObserver((list) => tasks.push(...list.getEntries())).observe({ type: 'longtask' })
  const rest = () => new Promise((done) => setTimeout(done, 100))
  const { activities } = await import(address)
  const lines = []
  for await (const [name, run] of activities()) {
    await rest()
    tasks = []
    const start = performance.now()
    await run()
    const time = performance.now() - start
    await rest()
    const longest = Math.max(0, ...tasks.map(({ duration }) => duration))
    lines.push('| ' + [name, time.toFixed(0), tasks.length, longest.toFixed(0)].join(' | ') + ' |')
  }
  return lines
}`
