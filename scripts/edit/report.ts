import { applyEdits } from '../../generators/edit/apply.ts';
import type { InputEdit } from '../../generators/edit/input-edit.ts';
import { engineId } from '../command.ts';
import { onOut, print } from '../terminal.ts';

/** Writes changed inputs, generates, and says what became of it. */
export async function carryOut(root: string, edits: readonly InputEdit[]): Promise<void> {
  const { created, updated, removed } = await applyEdits(root, edits, engineId());
  for (const { file, changes } of edits) {
    print(onOut('bold', file));
    for (const { path, from, to } of changes) print(`  ${path.join('.')}: ${shown(from)} → ${shown(to)}`);
  }
  const files = [...created, ...updated, ...removed];
  print('');
  print(`${files.length} generated file${files.length === 1 ? '' : 's'} changed:`);
  for (const path of files) print(`  ${path}`);
}

const shown = (value: unknown): string =>
  value === undefined ? onOut('dim', '(none)') : typeof value === 'string' ? value : JSON.stringify(value);
