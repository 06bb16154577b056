import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { objectsOf } from './objects.ts';
import { measure } from './process.ts';
import { type Costs, repeat } from './spread.ts';

const PLAIN = fileURLToPath(new URL('plain.mjs', import.meta.url));

/** Measures what the same objects cost with js-yaml and kubernetes-models alone; see plain.mjs. */
export async function measurePlain(root: string, runs: number): Promise<Costs> {
  const scratch = mkdtempSync(join(tmpdir(), 'slipway-bench-plain-'));
  try {
    const objects = join(scratch, 'objects.json');
    writeFileSync(objects, JSON.stringify(objectsOf(root, 'service')));
    return await repeat(runs, (run) =>
      measure(process.execPath, [PLAIN, root, objects, join(scratch, String(run))]),
    );
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
