import { compareEnvironments, shown, type TracedDifference } from '../../generators/check/parity/compare.ts';
import { readWorld } from '../../generators/check/world.ts';
import { UnknownSubjectError } from '../../generators/problems/refusal.ts';
import { UsageError } from '../command.ts';
import { onOut, print } from '../terminal.ts';

/** Longest text of a value; `generate` has the whole of it. */
const MOST_TEXT = 60;

/**
 * Prints how the objects of two environments differ, object by object, each difference with the inputs that cause it.
 *
 * @returns the exit status: 1 when no input causes some difference.
 * @throws UsageError when not two environments are named.
 * @throws UnknownSubjectError when there is no such environment.
 */
export function printDifferences(root: string, left: string | undefined, right: string | undefined): number {
  if (left === undefined || right === undefined)
    throw new UsageError('--diff compares two environments: name both');
  return printFound(differencesBetween(root, left, right), `between ${left} and ${right}`);
}

/** Prints in what else than what was carried two environments differ, for some services. */
export function printDifferencesOf(
  root: string,
  [left, right]: readonly [string, string],
  services: readonly string[],
): void {
  const found = differencesBetween(root, left, right);
  const ofThem = found.filter(({ service }) => service !== undefined && services.includes(service));
  printFound(ofThem, `left between ${left} and ${right}`);
}

function differencesBetween(root: string, left: string, right: string): TracedDifference[] {
  const world = readWorld(root);
  const [before, after] = [world.get(left), world.get(right)];
  if (before !== undefined && after !== undefined) return compareEnvironments(before, after);
  throw new UnknownSubjectError('environment', before === undefined ? left : right, [...world.keys()]);
}

function printFound(differences: readonly TracedDifference[], where: string): number {
  for (const title of new Set(differences.map(titleOf)))
    printObject(
      title,
      differences.filter((difference) => titleOf(difference) === title),
    );
  const undeclared = differences.filter(({ causes }) => causes.length === 0).length;
  const verdict =
    undeclared === 0
      ? onOut('green', 'all declared')
      : onOut('red', `${undeclared} not declared by any input`);
  print(`${differences.length} difference${differences.length === 1 ? '' : 's'} ${where}: ${verdict}`);
  return undeclared === 0 ? 0 : 1;
}

const titleOf = ({ service, object }: TracedDifference): string => `${service ?? 'platform'}: ${object}`;

function printObject(title: string, differences: readonly TracedDifference[]): void {
  print(onOut('bold', title));
  for (const { path, left, right, causes } of differences) {
    const where = path.length === 0 ? '' : `${path.join('.')}: `;
    const sides =
      path.length === 0
        ? `only in ${left === undefined ? 'the second' : 'the first'}`
        : `${cut(shown(left))} → ${cut(shown(right))}`;
    print(`  ${where}${sides}`);
    if (causes.length === 0) print(`    ${onOut('red', 'no input says so')}`);
    for (const { key, place } of causes)
      print(`    ${onOut('dim', `${place.file}:${place.line}:${place.column}`)} ${key}`);
  }
  print('');
}

const cut = (text: string): string => (text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT - 1)}…` : text);
