/** What the file system's codes mean to people. */
const causes: Readonly<Record<string, string>> = {
  EACCES: 'permission is denied',
  EBUSY: 'it is in use',
  EDQUOT: 'the disk quota is used up',
  EEXIST: 'a file of that name is in the way',
  EFBIG: 'the file would be larger than the limit (ulimit -f)',
  EIO: 'the disk failed to read or write',
  EISDIR: 'a folder of that name is in the way',
  ELOOP: 'it is a symbolic link',
  EMFILE: 'too many files are open (ulimit -n)',
  ENAMETOOLONG: 'the name is too long',
  ENFILE: 'too many files are open on this machine',
  ENODEV: 'the device is gone',
  ENOENT: 'there is no such file or folder',
  ENOSPC: 'no space is left on the disk',
  ENOTDIR: 'a file is where a folder is expected',
  ENOTEMPTY: 'the folder is not empty',
  ENXIO: 'the device is gone',
  EPERM: 'it is not permitted',
  EROFS: 'the file system is read-only',
  ESTALE: 'the file server has lost it',
}

/** Why a call of the file system failed, its code and what it means. */
export function causeOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === undefined) return message
  return causes[code] === undefined ? message : `${code}: ${causes[code]}`
}
