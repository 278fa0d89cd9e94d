/** What a kind is told by. */
export interface Beginning {
  /** The first bytes, one character each. */
  readonly text: string
  readonly bytes: Uint8Array
  readonly name: string
  readonly size: number | undefined
  /** Members of a zip file. */
  readonly members: readonly string[] | null
}

/** How a kind is told, what it is called and what to do with it. */
export interface Kind {
  readonly is: RegExp | ((beginning: Beginning) => boolean)
  readonly what: string
  readonly todo: string
}

const asTable = 'save it as CSV'
const asArrays = 'save its arrays by numpy.save as .npy'
const unpack = 'unpack it and name the file in it'
const utf8 = 'save it as UTF-8'

const begins =
  (...starts: readonly string[]) =>
  ({ text }: Pick<Beginning, 'text'>): boolean =>
    starts.some((start) => text.startsWith(start))

/** As {@link begins}, in a file that is no text: a header of a table may begin with the same letters. */
const packed =
  (...starts: readonly string[]) =>
  ({ text, bytes }: Beginning): boolean =>
    begins(...starts)({ text }) && bytes.subarray(0, 512).some((byte) => byte < 9)

const has =
  (...names: readonly RegExp[]) =>
  ({ members }: Beginning): boolean =>
    members?.some((member) => names.some((name) => name.test(member))) ?? false

/** Every second byte of text that is ASCII in two bytes a letter is 0. */
const isWide = ({ bytes }: Beginning): boolean => {
  const [even, odd] = [0, 1].map((from) => {
    const own = bytes.subarray(0, 256).filter((_, i) => i % 2 === from)
    return own.length > 7 && own.every((byte) => byte === 0)
  })
  const other = bytes.subarray(0, 256).filter((_, i) => i % 2 === (even ? 1 : 0))
  return even !== odd && other.every((byte) => byte > 8 && byte < 127)
}

/** Records of CIFAR-100 begin with a coarse class below 20 and a fine one below 100. */
const CIFAR100 = 2 + 3072
const isCifar100 = ({ bytes, name, size }: Beginning): boolean => {
  const whole = size ?? bytes.length
  if (whole % CIFAR100 !== 0 || (size !== undefined && size % 3073 === 0) || !/\.bin$/i.test(name))
    return false
  for (let at = 0; at + 1 < bytes.length; at += CIFAR100) {
    if (bytes[at] >= 20 || bytes[at + 1] >= 100) return false
  }
  return true
}

const isSafetensors = ({ bytes, text }: Beginning): boolean =>
  bytes.length > 9 && /^\{\s*["}]/.test(text.slice(8)) && bytes[5] === 0 && bytes[6] === 0 && bytes[7] === 0

/** Kinds of files that people have beside those that are read; the first that fits counts. */
export const foreignKinds: readonly Kind[] = [
  { is: has(/^xl\//), what: 'an Excel workbook (.xlsx)', todo: `${asTable}, one file for each sheet` },
  { is: has(/^word\//), what: 'a Word document (.docx)', todo: 'save its table as CSV' },
  { is: has(/^ppt\//), what: 'a PowerPoint presentation (.pptx)', todo: 'save its table as CSV' },
  {
    is: ({ members, text }) => members?.[0] === 'mimetype' && text.includes('opendocument.spreadsheet'),
    what: 'an OpenDocument spreadsheet (.ods)',
    todo: `${asTable}, one file for each sheet`,
  },
  {
    is: ({ members, text }) => members?.[0] === 'mimetype' && text.includes('opendocument'),
    what: 'an OpenDocument file',
    todo: 'save its table as CSV',
  },
  {
    is: has(/(^|\/)data\.pkl$/),
    what: 'a file of PyTorch (torch.save)',
    todo: 'save its tensors by numpy.save as .npy',
  },
  { is: has(/\.weights\.h5$/), what: 'a model of Keras (.keras)', todo: asArrays },
  { is: has(/^\[Content_Types\]\.xml$/), what: 'an Office document (.xlsx, .docx)', todo: asTable },
  {
    is: ({ members }) => members?.length === 0,
    what: 'an empty zip file',
    todo: 'pack it again, or name the file itself',
  },
  { is: ({ members }) => members !== null, what: 'a zip file', todo: unpack },
  {
    is: /^version https:\/\/git-lfs/,
    what: 'a pointer of Git LFS in place of the file',
    todo: 'run git lfs pull',
  },
  {
    is: /^(\.\.\/)*(\.git)?\/annex\/objects\//,
    what: 'a pointer of git-annex in place of the file',
    todo: 'run git annex get',
  },
  { is: begins('\xff\xfe\0\0', '\0\0\xfe\xff'), what: 'text in UTF-32', todo: utf8 },
  { is: /^(\xff\xfe|\xfe\xff)/, what: 'text in UTF-16', todo: `${utf8} (in Excel: CSV UTF-8)` },
  { is: isWide, what: 'text in UTF-16', todo: `${utf8} (in Excel: CSV UTF-8)` },
  {
    is: /^(\xef\xbb\xbf)?\s*<(!doctype\s+html|html|head|body)\b/i,
    what: 'a web page (HTML)',
    todo: 'download the file itself: the address led to a page',
  },
  { is: /^<stata_dta>/, what: 'a file of Stata (.dta)', todo: asTable },
  {
    is: /^(\xef\xbb\xbf)?\s*<(\?xml|!--|!doctype|\/?[a-z][\w:-]*(\s+[\w:-]+\s*=|\s*\/?>(?!\s*[,;|\t])))/i,
    what: 'XML',
    todo: 'write its numbers as CSV',
  },
  { is: /^\{\\rtf/, what: 'a document in RTF', todo: 'save its table as CSV' },
  {
    is: /^(\xef\xbb\xbf)?\s*\{[^\n]*\}\s*\n\s*\{/,
    what: 'JSON lines (NDJSON)',
    todo: 'write it as CSV (pandas: read_json(…, lines=True).to_csv(…, index=False))',
  },
  {
    is: /^(\xef\xbb\xbf)?\s*(\{\s*("|\}|$)|\[\s*(["[{\]]|$|[+-]?\d[\d.e+-]*\s*(,|\]|$)|(null|true|false)\b))/,
    what: 'JSON',
    todo: 'write it as CSV (pandas: read_json(…).to_csv(…, index=False))',
  },
  {
    is: packed('PAR1'),
    what: 'a Parquet file',
    todo: 'write it as CSV (pandas: read_parquet(…).to_csv(…, index=False))',
  },
  {
    is: packed('ARROW1', 'FEA1'),
    what: 'a Feather or Arrow file',
    todo: 'write it as CSV (pandas: read_feather(…).to_csv(…, index=False))',
  },
  { is: packed('ORC', 'Obj\x01'), what: 'an ORC or Avro file', todo: asTable },
  {
    is: ({ text }) => /^MATLAB 7\.3/.test(text),
    what: 'a MATLAB file of version 7.3',
    todo: `${asArrays} (h5py reads it), or its matrix by writematrix as CSV`,
  },
  {
    is: ({ text, name }) => /^MATLAB 5\.0/.test(text) || (/\.mat$/i.test(name) && text.includes('\0')),
    what: 'a MATLAB file (.mat)',
    todo: `${asArrays} (scipy.io.loadmat reads it), or its matrix by writematrix as CSV`,
  },
  {
    is: ({ text }) => [0, 512, 1024, 2048].some((at) => text.startsWith('\x89HDF\r\n\x1a\n', at)),
    what: 'an HDF5 file',
    todo: `${asArrays} (h5py reads it)`,
  },
  { is: begins('CDF\x01', 'CDF\x02', 'CDF\x05'), what: 'a NetCDF file', todo: asArrays },
  {
    is: ({ text, name }) =>
      begins('\x80\x01', '\x80\x02', '\x80\x03', '\x80\x04', '\x80\x05')({ text }) ||
      /^(\(lp\d|\(dp\d|ccopy_reg|cnumpy|c__builtin__)/.test(text) ||
      /\.(pkl|pickle|joblib)$/i.test(name),
    what: 'a pickle of Python',
    todo: `${asArrays}, a data frame by to_csv`,
  },
  {
    is: begins('RDX2\n', 'RDX3\n', 'RDA2\n', 'RDA3\n', 'X\n\0\0\0\x02', 'X\n\0\0\0\x03', 'A\n2\n', 'A\n3\n'),
    what: 'a file of R (.rds, .RData)',
    todo: 'write it by write.csv',
  },
  { is: /^\$FL[23]/, what: 'a file of SPSS (.sav)', todo: asTable },
  {
    is: /^SQLite format 3/,
    what: 'an SQLite database',
    todo: 'write its table as CSV (sqlite3 -header -csv)',
  },
  { is: begins('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'), what: 'an old Office file (.xls, .doc)', todo: asTable },
  { is: /^%PDF/, what: 'a PDF document', todo: 'write its table as CSV' },
  {
    is: /^(\x89PNG\r\n|\xff\xd8\xff|GIF8[79]a|RIFF....WEBP|(II\*\0|MM\0\*)|BM.{4}\0\0\0\0)/s,
    what: 'an image',
    todo: 'give its pixels as arrays: numpy.save of [n, height, width]',
  },
  {
    is: packed('RIFF', 'fLaC', 'OggS', 'ID3'),
    what: 'a sound file',
    todo: 'give its samples as arrays: numpy.save of [n, length]',
  },
  {
    is: ({ text }) => text.startsWith('DICM', 128) || text.startsWith('SIMPLE  ='),
    what: 'a DICOM or FITS file',
    todo: asArrays,
  },
  {
    is: /^0 {7}.{160}\d\d\.\d\d\.\d{4}\.\d\d\.\d\d/s,
    what: 'a recording in EDF',
    todo: 'write its signals as CSV',
  },
  { is: /^BZh[1-9]1AY&SY/, what: 'a file packed by bzip2', todo: 'unpack it (bunzip2), or pack it by gzip' },
  { is: begins('\xfd7zXZ\0'), what: 'a file packed by xz', todo: 'unpack it (unxz), or pack it by gzip' },
  {
    is: begins('\x28\xb5\x2f\xfd'),
    what: 'a file packed by zstd',
    todo: 'unpack it (unzstd), or pack it by gzip',
  },
  {
    is: begins('\x04\x22\x4d\x18', '\x1f\x9d', '\x1f\xa0'),
    what: 'a file packed by lz4 or compress',
    todo: 'unpack it, or pack it by gzip',
  },
  { is: begins('7z\xbc\xaf\x27\x1c'), what: 'a 7z archive', todo: unpack },
  { is: begins('Rar!\x1a\x07'), what: 'a rar archive', todo: unpack },
  { is: ({ text }) => text.startsWith('ustar', 257), what: 'a tar archive', todo: unpack },
  {
    is: ({ text, name }) => name.startsWith('._') && text.startsWith('\0\x05\x16\x07'),
    what: 'a resource fork of a Mac (._ file)',
    todo: 'name the file itself, without ._ before its name',
  },
  {
    is: isSafetensors,
    what: 'a safetensors file: weights of a model',
    todo: 'name a file of samples; a model is named in its own place',
  },
  { is: packed('GGUF'), what: 'a GGUF file: weights of a model', todo: 'name a file of samples' },
  {
    is: isCifar100,
    what: 'CIFAR-100: records of 3074 bytes, two labels and 3072 pixels',
    todo: 'CIFAR-10 is read, records of 3073 bytes; give CIFAR-100 as an .npz of images and labels',
  },
  {
    is: /^%%MatrixMarket/,
    what: 'a sparse matrix (Matrix Market)',
    todo: 'write all its values as CSV or .npy',
  },
  {
    is: /^[+-]?\d[\d.e+-]*( \d+:[+-]?\d[\d.e+-]*)+ *\r?(\n|$)/,
    what: 'sparse samples in the form of LIBSVM',
    todo: 'write all their values as CSV (scikit-learn: load_svmlight_file(…)[0].toarray())',
  },
  {
    is: /^(-- .*dump|(--[^\n]*\n|\s)*(create table|insert into)\b)/i,
    what: 'SQL',
    todo: 'write its table as CSV',
  },
]
