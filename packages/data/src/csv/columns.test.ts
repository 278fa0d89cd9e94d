import { describe, expect, it } from 'vitest'
import type { SamplesParserOptions } from '../samples/samples-parser.ts'
import { parseBytes, rowsOf } from '../testing/parse-bytes.ts'

const csv = (text: string, options: SamplesParserOptions = {}, step?: number) =>
  parseBytes('csv', text, options, step)

const plant = 'unit,time,temp,flow,Class\nA,1,5,6,0\nA,2,7,8,1\nB,1,9,10,0\n'

describe('columns of a table', () => {
  it('are features unless they have another part', async () => {
    for (const step of [1, 7, undefined]) {
      const samples = await csv(plant, { group: 'unit', time: 'time', labels: 'Class' }, step)
      expect(samples.columns).toEqual(['temp', 'flow'])
      expect(rowsOf(samples)).toEqual([
        [5, 6],
        [7, 8],
        [9, 10],
      ])
      expect(samples.group).toEqual({ name: 'unit', values: ['A', 'A', 'B'] })
      expect(samples.time).toEqual({ name: 'time', values: ['1', '2', '1'], times: Float64Array.of(1, 2, 1) })
      expect(samples.labels).toEqual(Int32Array.of(0, 1, 0))
    }
  })

  it('are chosen in the order asked for, by name or number', async () => {
    for (const columns of [
      ['flow', 'temp'],
      [3, 2],
      [-2, '2'],
    ]) {
      const samples = await csv(plant, { columns })
      expect(samples.columns).toEqual(['flow', 'temp'])
      expect(rowsOf(samples)[0]).toEqual([6, 5])
    }
  })

  it('are dropped, or kept as texts, whatever they hold', async () => {
    const samples = await csv('name,x,note\n"a, b",1,?\nc,2,\n', { id: ['name'], drop: ['note'] })
    expect(samples.ids).toEqual([{ name: 'name', values: ['a, b', 'c'] }])
    expect(rowsOf(samples)).toEqual([[1], [2]])
    expect((await csv('1,x,2\n3,y,4\n', { id: [1] })).ids).toEqual([{ name: 'column 2', values: ['x', 'y'] }])
  })

  it('stay in step with a sub-sample and with conditions', async () => {
    const rows = Array.from({ length: 200 }, (_, i) => `r${i},${i},${i % 2 ? 'odd' : 'even'},${i}`)
    const text = `id,t,kind,x\n${rows.join('\n')}\n`
    const samples = await csv(text, {
      id: ['id'],
      time: 't',
      labels: 'kind',
      where: [{ column: 'x', is: '>=', value: '50' }],
      sample: { count: 20, seed: 3 },
    })
    expect([samples.count, samples.rowsInFile]).toEqual([20, 200])
    const kept = [...samples.values]
    expect(Math.min(...kept)).toBeGreaterThanOrEqual(50)
    expect([...(samples.rows as Int32Array)]).toEqual(kept)
    expect([...(samples.time?.times ?? [])]).toEqual(kept)
    expect(samples.ids[0].values).toEqual(kept.map((i) => `r${i}`))
    expect([...(samples.labels as Int32Array)].map((code) => samples.classes?.[code])).toEqual(
      kept.map((i) => (i % 2 ? 'odd' : 'even')),
    )
  })

  it.each([
    ['a name', { column: 'Class', is: '=', value: '0' }, [0, 2]],
    ['a number', { column: -1, is: '!=', value: '0.0' }, [1]],
    ['a feature', { column: 'temp', is: '<', value: '9' }, [0, 1]],
    ['a text', { column: 'unit', is: '=', value: 'B' }, [2]],
  ] as const)('say by %s which rows are read', async (_, condition, rows) => {
    const samples = await csv(plant, { where: [condition], group: 'unit' })
    expect([...(samples.rows as Int32Array)]).toEqual(rows)
    expect(samples.notes.at(-1)).toMatch(/^(1 row does|2 rows do) not meet the conditions$/)
  })

  it('of rows that are not read need not be numbers', async () => {
    const samples = await csv('ok,x\n1,5\n0,broken\n', { where: [{ column: 'ok', is: '=', value: '1' }] })
    expect(rowsOf(samples)).toEqual([[1, 5]])
  })

  const rejections: [string, string, SamplesParserOptions, string][] = [
    [
      'a column that is not there',
      plant,
      { columns: ['tmp'] },
      'line 1: columns: expected one of the columns "unit", "time", "temp", "flow", "Class", got "tmp"; did you mean "temp"?',
    ],
    [
      'a number that is too large',
      plant,
      { drop: [5] },
      'drop: expected a column from 0 to 4, or from -5 to -1 counted from the end, got 5',
    ],
    [
      'a column that has two parts',
      plant,
      { id: ['unit'], group: 'unit' },
      'id: expected each column to have one part, got "unit"; group has it as well',
    ],
    ['a column that is listed twice', plant, { drop: ['unit', 0] }, 'got "unit"; drop lists it twice'],
    [
      'a name that two columns have',
      'a,a,b\n1,2,3\n',
      { drop: ['a'] },
      'drop: expected one column "a", got several; name it by its index',
    ],
    ['a name where there is no header', '1,2\n', { group: 'unit' }, 'group: expected a header with a column'],
    ['nothing that is left', 'a,b\n1,2\n', { drop: ['a', 'b'] }, 'line 1: expected values beside'],
    [
      'conditions that no row meets',
      plant,
      { where: [{ column: 'Class', is: '=', value: '7' }] },
      'where: expected rows with "Class" = "7", found none of 3: "Class" is "0", "1"',
    ],
    [
      'a condition on a column that is not there',
      plant,
      { where: [{ column: 'class', is: '=', value: '7' }] },
      'where: expected one of the columns "unit", "time", "temp", "flow", "Class", got "class"; did you mean "Class"?',
    ],
    [
      'a group that is missing',
      'g,x\na,1\n,2\n',
      { group: 'g' },
      'line 3: group: "g": expected a text, got an empty field',
    ],
    [
      'a time that is missing',
      't,x\n1,1\n,2\n',
      { time: 't' },
      'line 3: time: "t": expected a date or a number',
    ],
    [
      'two columns of dates without a choice',
      'from,to,x\n2024-01-01,2024-01-02,1\n',
      { time: 'auto' },
      'line 2: field 1 ("from"): expected a finite number, got "2024-01-01"; it looks like a date',
    ],
  ]
  it.each(rejections)('are refused with %s', async (_, text, options, message) => {
    await expect(csv(text, options)).rejects.toThrow(message)
  })

  it('are options of tables alone', async () => {
    await expect(parseBytes('ucr', '1\t2\n', { drop: ['a'] })).rejects.toThrow(
      'drop: expected a table, whose columns have names, got ucr',
    )
  })
})

describe('columns that a model expects', () => {
  const expected = ['temp', 'flow']

  it('are found by name in any order, and what else there is, is left out with a note', async () => {
    const samples = await csv('note,flow,temp,extra\nx,1,2,3\n', { expected })
    expect(rowsOf(samples)).toEqual([[2, 1]])
    expect(samples.columns).toEqual(expected)
    expect(samples.notes).toContain('"note", "extra" are not expected and left out')
  })

  it('leave the others as ids in their order where that is asked for', async () => {
    const samples = await csv('note,flow,temp,extra\nx,1,2,3\n', { expected, beside: 'id' })
    expect(rowsOf(samples)).toEqual([[2, 1]])
    expect(samples.ids).toEqual([
      { name: 'note', values: ['x'] },
      { name: 'extra', values: ['3'] },
    ])
    expect(samples.notes).toEqual([])
  })

  it('are named where several have one name', async () => {
    const samples = await csv('a,b,a\n1,2,3\n4,5,6\n')
    expect(samples.notes).toContain('several columns are called "a"')
    expect(rowsOf(samples)).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ])
  })

  it('may come with labels in some rows alone, which a file to be trained on may not', async () => {
    const text = 'flow,temp,kind\n1,2,odd\n3,4,\n5,6,NA\n'
    const samples = await csv(text, { expected, labels: 'kind' })
    expect(Array.from(samples.labels!, (label) => samples.classes![label])).toEqual(['odd', '', ''])
    await expect(csv(text, { labels: 'kind' })).rejects.toThrow(
      'line 3: expected a label, got an empty field',
    )
  })

  it('are taken by position where there is no header', async () => {
    const samples = await csv('1,2\n', { expected })
    expect(rowsOf(samples)).toEqual([[1, 2]])
    expect(samples.notes).toContain('there is no header: features are taken by their place')
    expect(rowsOf(await csv('1,2,0\n', { expected, labels: 2 }))).toEqual([[1, 2]])
    expect(rowsOf(await csv('1,2\n', { expected, labels: 2 }))).toEqual([[1, 2]])
  })

  it('may be numbers in a header that would be taken for a row', async () => {
    const samples = await csv('7,5\n1,2\n', { expected: ['5', '7'] })
    expect(rowsOf(samples)).toEqual([[2, 1]])
  })

  it('need not have the columns that training dropped, nor labels', async () => {
    const samples = await csv('temp,flow\n1,2\n', { expected, labels: 'Class', drop: ['note'] })
    expect(samples.labels).toBeNull()
    expect((await csv('Class,temp,flow\n1,1,2\n', { expected, labels: 'Class' })).labels).toEqual(
      Int32Array.of(1),
    )
  })

  it.each([
    [
      'lack one',
      'temp,Flow\n1,2\n',
      'line 1: expected the column "flow" as well, found "temp", "Flow"; did you mean "Flow"?',
    ],
    ['lack all', 'a,b\n1,2\n', 'line 1: expected the columns "temp", "flow" as well, found "a", "b"'],
    [
      'have no names and another number',
      '1,2,3\n',
      'line 1: expected 2 columns, "temp", "flow", as there is no header to find them by, got 3',
    ],
  ])('are named where new rows %s', async (_, text, message) => {
    await expect(csv(text, { expected })).rejects.toThrow(message)
  })
})
