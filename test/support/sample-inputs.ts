/** The inputs of the sample repository, as a test's own copy. */

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const HOME = fileURLToPath(new URL('../../', import.meta.url));

/** By path, the text of every input file of the sample. */
export function sampleInputs(): Record<string, string> {
  const files = readdirSync(`${HOME}environments`, { recursive: true, encoding: 'utf8' })
    .map((path) => `environments/${path.replaceAll('\\', '/')}`)
    .filter((path) => /^environments\/[^/]+\/(platform|services\/[^/]+)\.yaml$/.test(path));
  return Object.fromEntries(files.sort().map((path) => [path, readFileSync(`${HOME}${path}`, 'utf8')]));
}
