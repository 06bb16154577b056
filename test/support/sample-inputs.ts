/** The inputs of the sample repository, the shop, as a test's own copy: a team that takes Slipway over replaces the sample itself. */

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const HOME = fileURLToPath(new URL('../../', import.meta.url));

/** By path, the text of every input file of the shop, as `test/shop/` has it. */
export const sampleInputs = (): Record<string, string> => inputsBelow(`${HOME}test/shop/`);

/** By path, the text of every input file of this repository. */
export const ownInputs = (): Record<string, string> => inputsBelow(HOME);

function inputsBelow(root: string): Record<string, string> {
  const files = readdirSync(`${root}environments`, { recursive: true, encoding: 'utf8' })
    .map((path) => `environments/${path.replaceAll('\\', '/')}`)
    .filter((path) => /^environments\/[^/]+\/(platform|services\/[^/]+)\.yaml$/.test(path));
  return Object.fromEntries(files.sort().map((path) => [path, readFileSync(`${root}${path}`, 'utf8')]));
}
