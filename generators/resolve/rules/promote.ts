import { suggestion } from '../../problems/nearest.ts';
import { quote } from '../../problems/problem.ts';
import { schemas } from '../../schema/compiled.ts';
import { splitKey, unknownStep } from '../key.ts';
import type { Finding } from '../resolved.ts';
import type { ServiceScene } from './rule.ts';

/** What is not a value to carry: what always is, what says how to join, and what is said of one environment. */
const NOT_CARRIED: ReadonlySet<string> = new Set(['image', 'patch', 'promote', 'enabled', 'waivers']);

/** What `promote` carries must be keys of a service. */
export function promotedKeysExist({ service }: ServiceScene): Finding[] {
  return (service.promote ?? []).flatMap((key, index): Finding[] => {
    const path = ['promote', String(index)];
    const steps = splitKey(key, [service]);
    const top = steps[0] ?? '';
    if (NOT_CARRIED.has(top)) return [{ path, message: `${top} cannot be listed here; delete the line` }];
    const unknown = unknownStep(schemas.service.full, steps.length === 0 ? [key] : steps);
    if (unknown === undefined) return [];
    const { step, allowed } = unknown;
    return [{ path, message: `no key ${quote(step)}; ${suggestion(step, allowed)}` }];
  });
}
