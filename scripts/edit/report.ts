import { diffStates } from '../../generators/diff/diff.ts';
import { formatTerminal } from '../../generators/diff/format-terminal.ts';
import { stateOfServices } from '../../generators/diff/state.ts';
import { applyEdits } from '../../generators/edit/apply.ts';
import type { InputEdit } from '../../generators/edit/input-edit.ts';
import { engineId } from '../command.ts';
import { onOut, print } from '../terminal.ts';

/** Writes changed services, generates, and says what that does to each environment. */
export async function carryOut(root: string, edits: readonly InputEdit[]): Promise<void> {
  const services = edits.map(({ service }) => service);
  const before = stateOfServices(root, services, 'before');
  await applyEdits(root, edits, engineId());
  for (const { file, changes } of edits) {
    print(onOut('bold', file));
    for (const { path, from, to } of changes) print(`  ${path.join('.')}: ${shown(from)} → ${shown(to)}`);
  }
  print('');
  print(formatTerminal(diffStates(before, stateOfServices(root, services, 'after')), onOut));
}

const shown = (value: unknown): string =>
  value === undefined ? onOut('dim', '(none)') : typeof value === 'string' ? value : JSON.stringify(value);
