// Marks in the AssemblyScript sources, which the build reads and writes code for.
//
//   // instances: f32 f64 i32          directly above a generic function f<T>: f_f32, f_f64 and f_i32 are exported
//   // instances: f32<u32> 8<u8>       the same with the types named: f_f32 is f<u32>, f_8 is f<u8>
//   // op of f                         directly above a class, the type argument Op of a function f<Op, T> with instances in the same file:
//   // op of f: f32 f64, slow          f_f32(op, …) calls f<ThatClass, f32>(…) where op is its code; only in these instances; forks earlier
//   // codes                           directly above an enum: TypeScript knows its members too

const MARK = /^\s*\/\/ (instances|op of|codes)\b/
const HEADER = /^(?:@inline |export )*function (\w+)<([^>]*)>\(([^)]*)\): (\w+) \{/

const lowerFirst = (name) => name[0].toLowerCase() + name.slice(1)
const list = (text) => text.split(',').map((part) => part.trim())

/** `f32 8<u8> i32<i32, f64>` as [suffix, type arguments]; null where it is something else. */
function parseInstances(text) {
  const one = /(\w+)(?:<([^>]*)>)?/y
  const instances = []
  for (let at = 0; ; at++) {
    one.lastIndex = at
    const found = one.exec(text)
    if (found === null) return null
    instances.push({ suffix: found[1], types: found[2] === undefined ? [found[1]] : list(found[2]) })
    at = one.lastIndex
    if (at === text.length) return instances
    if (text[at] !== ' ') return null
  }
}

/** Members of an enum with their numbers; null where one has neither a number nor the one after the last. */
function parseMembers(body) {
  const members = {}
  let next = 0
  const plain = body.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '').trim()
  for (const part of list(plain.replace(/,$/, ''))) {
    const found = /^(\w+)(?: = (-?\d+))?$/.exec(part)
    if (found === null) return null
    if (found[2] !== undefined) next = Number(found[2])
    members[found[1]] = next++
  }
  return members
}

/**
 * The functions, ops and enums that are marked in a file.
 *
 * @throws Error with file and line for a mark that does not parse, or not fit what it stands above
 */
export function readMarks(file, text) {
  const functions = []
  const ops = []
  const enums = []
  const lines = text.split('\n')
  const fail = (i, expected) => {
    const above = (lines[i + 1] ?? '').trim()
    throw new Error(`${file}:${i + 1}: expected ${expected}, got \`${lines[i].trim()}\` above \`${above}\``)
  }
  lines.forEach((line, i) => {
    const mark = MARK.exec(line)?.[1]
    const rest = lines.slice(i + 1).join('\n')
    if (mark === 'instances') {
      const instances = parseInstances(/^\/\/ instances: (.+)$/.exec(line)?.[1] ?? '')
      const header = HEADER.exec(rest)
      if (instances === null || header === null)
        fail(
          i,
          '`// instances: f32 f64<f64, f32> …` directly above a function with type parameters and result',
        )
      const [, name, generics, params, result] = header
      const typeParameters = list(generics)
      const byOp = typeParameters[0] === 'Op'
      if (byOp) typeParameters.shift()
      for (const { suffix, types } of instances)
        if (types.length !== typeParameters.length)
          fail(i, `${typeParameters.length} types of ${name}<${typeParameters.join(', ')}> for ${suffix}`)
      functions.push({
        line: i,
        name,
        byOp,
        typeParameters,
        params: list(params).filter(Boolean),
        result,
        instances,
      })
    } else if (mark === 'op of') {
      const parsed = /^\/\/ op of (\w+)(?:: (\w+(?: \w+)*))?(, slow)?$/.exec(line)
      const name = /^class (\w+) \{/.exec(rest)?.[1]
      if (parsed === null || name === undefined)
        fail(i, '`// op of name: f32 f64, slow` directly above a class')
      ops.push({
        line: i,
        name,
        of: parsed[1],
        suffixes: parsed[2]?.split(' ') ?? null,
        isSlow: parsed[3] !== undefined,
      })
    } else if (mark === 'codes') {
      const found = /^(?:export )?enum (\w+) \{([^}]*)\}/.exec(rest)
      const members = found === null ? null : parseMembers(found[2])
      if (line !== '// codes' || members === null)
        fail(i, '`// codes` directly above an enum of names, with whole numbers or none')
      enums.push({ name: found[1], members })
    }
  })
  for (const op of ops) {
    const target = functions.find(({ name, byOp }) => byOp && name === op.of)
    if (target === undefined) fail(op.line, `a function ${op.of}<Op, …> with instances in this file`)
    const known = target.instances.map(({ suffix }) => suffix)
    const unknown = op.suffixes?.find((suffix) => !known.includes(suffix))
    if (unknown !== undefined) fail(op.line, `instances of ${op.of} (${known.join(' ')})`)
  }
  for (const { line, name, byOp, instances } of functions.filter(({ byOp }) => byOp))
    for (const { suffix } of instances)
      if (byOp && opsOf(ops, name, suffix).length === 0) fail(line, `an op of ${name} for ${suffix}`)
  return { functions, ops, enums }
}

/** Ops of a function with their codes, those of one instance or all. */
const opsOf = (ops, name, suffix) =>
  ops
    .filter((op) => op.of === name)
    .map((op, code) => ({ ...op, code }))
    .filter(({ suffixes }) => suffix === undefined || suffixes === null || suffixes.includes(suffix))

/** The exported instances of a marked function. */
function writeInstances({ name, byOp, typeParameters, params, result, instances }, ops) {
  const names = params.map((param) => param.split(':')[0].trim()).join(', ')
  return instances.map(({ suffix, types }) => {
    const inTypes = (text) =>
      typeParameters.reduce(
        (sum, parameter, t) => sum.replaceAll(new RegExp(`\\b${parameter}\\b`, 'g'), types[t]),
        text,
      )
    const typed = params.map((param) => {
      const [label, type] = param.split(':')
      return `${label.trim()}: ${inTypes(type.trim())}`
    })
    const call = (first) => `return ${name}<${[...first, ...types].join(', ')}>(${names})`
    const head = `export function ${name}_${suffix}(${[...(byOp ? ['op: i32'] : []), ...typed].join(', ')}): ${inTypes(result)}`
    if (!byOp) return `${head} { ${call([])} }`
    const cases = opsOf(ops, name, suffix).map(
      (op, i, all) => `    ${i === all.length - 1 ? 'default' : `case ${op.code}`}: ${call([op.name])}`,
    )
    return `${head} {\n  switch (op) {\n${cases.join('\n')}\n  }\n}`
  })
}

/** A source as the compiler is to see it: with the instances of its functions. */
export function writeMarked(file, text) {
  const { functions, ops } = readMarks(file, text)
  const instances = functions.flatMap((f) => writeInstances(f, ops))
  return instances.length === 0 ? text : `${text}\n${instances.join('\n')}\n`
}

/**
 * What TypeScript shares with the sources, as the text of a module: `codes` of ops by function and of the members of enums, `slow` ops.
 *
 * @param sources texts by file
 */
export function writeCodes(sources) {
  const codes = {}
  const slow = {}
  const add = (file, name, members) => {
    if (name in codes)
      throw new Error(`${file}: expected one function or enum with the codes ${name}, got another`)
    codes[name] = members
  }
  for (const [file, text] of Object.entries(sources)) {
    const { functions, ops, enums } = readMarks(file, text)
    for (const { name, members } of enums) add(file, lowerFirst(name), members)
    for (const { name } of functions.filter(({ byOp }) => byOp)) {
      const own = opsOf(ops, name)
      add(file, name, Object.fromEntries(own.map((op) => [lowerFirst(op.name), op.code])))
      if (own.some(({ isSlow }) => isSlow))
        slow[name] = own.filter(({ isSlow }) => isSlow).map(({ code }) => code)
    }
  }
  const record = (members) =>
    `{ ${Object.entries(members)
      .map(([name, code]) => `${name}: ${code}`)
      .join(', ')} }`
  const rows = Object.entries(codes).map(([name, members]) => `  ${name}: ${record(members)},`)
  const sets = Object.entries(slow).map(
    ([name, numbers]) => `  ${name}: new Set<number>(${JSON.stringify(numbers)}),`,
  )
  return [
    '/** Numbers under which the kernels know ops, by the function that computes them, and members of enums. */',
    `export const codes = {\n${rows.join('\n')}\n} as const`,
    '/** Codes of ops that no instruction computes, by function. */',
    `export const slow = {\n${sets.join('\n')}\n}`,
    '',
  ].join('\n')
}
