import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { withLock } from '../generators/write/lock.ts';
import { removeRepository, writeRepository } from './support/repository.ts';

let root = '';
afterEach(() => removeRepository(root));

function heldBy(text: string): string {
  root = writeRepository({});
  mkdirSync(join(root, '.slipway'));
  writeFileSync(join(root, '.slipway/lock'), text);
  return root;
}

const SHORT = 200;

describe('the lock', () => {
  it.each(['', '0', 'abc', '-1', String(process.pid), '2147483646'])(
    'is taken over when it holds %j',
    (text) => {
      expect(withLock(heldBy(text), () => 'done', SHORT)).toBe('done');
      expect(existsSync(join(root, '.slipway/lock'))).toBe(false);
    },
  );

  it('of a living process is respected, and after a while told with the file to delete', () => {
    heldBy(String(process.ppid));
    expect(() => withLock(root, () => 'done', SHORT)).toThrow(
      `.slipway/lock:1:1: process ${process.ppid} holds the lock for too long; if it is not a run of Slipway, delete this file`,
    );
    expect(existsSync(join(root, '.slipway/lock'))).toBe(true);
  });

  it('is given back when the work fails', () => {
    root = writeRepository({});
    const fails = () =>
      withLock(root, () => {
        throw new Error('work failed');
      });
    expect(fails).toThrow('work failed');
    expect(withLock(root, (waited) => waited)).toBe(false);
  });
});
