/**
 * Runs the commands of docs/life-of-a-change.md on the sample, in their order, and compares what they print with the page.
 * `SLIPWAY_UPDATE_DOCS=1 npx vitest run test/life-of-a-change.test.ts` pastes it anew.
 */

import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { generate } from '../generators/generate/generate.ts';
import { slipway, warmUp } from './support/command-line.ts';
import { initRepository, tryGit, useTestIdentity } from './support/git.ts';
import { removeRepository, writeRepository } from './support/repository.ts';
import { sampleInputs } from './support/sample-inputs.ts';

const PAGE = fileURLToPath(new URL('../docs/life-of-a-change.md', import.meta.url));

/** What a command prints, on both streams. */
async function outputOf(root: string, line: string): Promise<string> {
  const words = [...line.matchAll(/(?:[^\s"]+|"[^"]*")+/g)].map(([word]) => word.replaceAll('"', ''));
  const [program, ...args] = words;
  if (program === 'git') return tryGit(root, ...args);
  const [run, name = '', dashes, ...rest] = args;
  if (program !== 'npm' || run !== 'run' || dashes !== '--') throw new Error(`the page cannot run ${line}`);
  const { stdout, stderr } = await slipway(name, ...rest, '--root', root);
  return stdout + stderr;
}

/**
 * A text with its commits numbered as they come up: their ids change with every byte that is generated, and say
 * nothing to a reader but which of them are the same.
 */
function numbered(text: string): string {
  const seen: string[] = [];
  return text.replaceAll(/\b(?:[0-9a-f]{7}|[0-9a-f]{12})\b/g, (id) => {
    const short = id.slice(0, 7);
    if (!seen.includes(short)) seen.push(short);
    return `commit ${seen.indexOf(short)}, ${id.length} digits`;
  });
}

it('shows what the commands print', async () => {
  useTestIdentity();
  warmUp();
  const page = readFileSync(PAGE, 'utf8');
  const root = writeRepository({ ...sampleInputs(), '.gitignore': '.slipway\n' });
  generate(root, false);
  initRepository(root);
  let real = '';
  let count = 0;
  for (const part of page.split(/(?<=^```console\n|^```\n)/m)) {
    if (!part.startsWith('$ ')) real += part;
    else {
      for (const [, command = ''] of part.matchAll(/^\$ (.*)$/gm)) {
        real += `$ ${command}\n${await outputOf(root, command)}`;
        count++;
      }
      real += '```\n';
    }
  }
  removeRepository(root);
  expect(count).toBeGreaterThan(5);
  if (process.env['SLIPWAY_UPDATE_DOCS'] === '1') writeFileSync(PAGE, real);
  else expect(numbered(page)).toBe(numbered(real));
}, 60_000);
