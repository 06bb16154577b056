import type { Raw } from '../finding.ts';
import type { World } from '../world.ts';
import { compareEnvironments, shown, type TracedDifference } from './compare.ts';

/** The environment that all others are compared with. */
const REFERENCE = 'production';

/** By environment, the differences to production that no input declares. */
export function undeclaredDifferences(world: World): Map<string, Raw[]> {
  const reference = world.get(REFERENCE);
  const found = new Map<string, Raw[]>();
  if (reference === undefined) return found;
  for (const [name, environment] of world) {
    if (name === REFERENCE) continue;
    const undeclared = compareEnvironments(environment, reference).filter(
      ({ causes }) => causes.length === 0,
    );
    found.set(name, undeclared.map(rawOf));
  }
  return found;
}

const rawOf = ({ service, object, path, left, right }: TracedDifference): Raw => ({
  id: 'undeclared-difference',
  service,
  keys: [[service === undefined ? 'name' : 'kind']],
  field: undefined,
  message: `${object} ${path.join('.')} is ${shown(left)} on one side and ${shown(right)} on the other, compared with ${REFERENCE}, and no input says so`,
  hint: 'this is a defect of Slipway: please report it',
});
