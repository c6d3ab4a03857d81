import { stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ArgumentError } from '@repo/client-core';

/** File system types of statfs(2), as Linux numbers them in its magic.h. */
const networkTypes: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xff534d42, 'CIFS'],
  [0xfe534d42, 'SMB2'],
  [0x01021997, '9p'],
  [0x00c36400, 'Ceph'],
  [0x5346414f, 'AFS'],
  [0x73757245, 'Coda'],
  [0x0bd00bd0, 'Lustre'],
]);

/** The name of the network file system that has this statfs type. */
export function networkFileSystem(type: number | bigint): string | undefined {
  // Some runtimes hand 32-bit types over with their sign.
  return networkTypes.get(Number(type) >>> 0);
}

/**
 * Refuses what can be no file. A folder that is missing is not made: it may be a disk that is not mounted, and a state
 * that begins anew would read everything again.
 */
export async function checkPlace(file: string): Promise<void> {
  if (typeof file !== 'string' || file === '')
    throw new ArgumentError('file', 'is no path', 'Give one on a local persistent disk.');
  const kind = async (path: string) => (await stat(path).catch(() => undefined))?.isDirectory();
  if (await kind(file)) throw new ArgumentError('file', `${file} is a folder`, 'Give a file in it.');
  if (!(await kind(dirname(file))))
    throw new ArgumentError(
      'file',
      `the folder of ${file} is not there`,
      'Make it first, or mount its disk.',
    );
}

/**
 * Refuses a file on a network file system, whose locks do not hold. What is mounted through FUSE is not told apart,
 * and outside Linux nothing is.
 */
export async function checkLocalDisk(file: string): Promise<void> {
  if (process.platform !== 'linux') return;
  const found = networkFileSystem((await statfs(dirname(file))).type);
  if (found)
    throw new ArgumentError(
      'file',
      `${file} is on a network file system (${found}), where locks do not hold`,
      'Use a local persistent disk, or pass allowNetworkFileSystem: true if only one process can ever reach it.',
    );
}
