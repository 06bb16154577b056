import type { Raw } from '../finding.ts';
import type { Workload } from '../workload.ts';
import type { Environment } from '../world.ts';

/** Looks at one environment. A rule believes the objects; the inputs only tell where a finding comes from. */
export type Rule = (environment: Environment) => Raw[];

/** All workloads of an environment. */
export const allWorkloads = ({ services }: Environment): Workload[] =>
  [...services.values()].flatMap(({ workloads }) => workloads);

/** `Deployment/cart`. */
export const nameOf = ({ kind, name }: Pick<Workload, 'kind' | 'name'>): string => `${kind}/${name}`;

/** The field of a workload's object, for finding it in `patch`. */
export const fieldOf = ({ kind }: Workload, ...path: readonly string[]): NonNullable<Raw['field']> => ({
  kind,
  path,
});

/** A list with the finding if the condition holds, otherwise an empty one. */
export const rawIf = (condition: boolean, raw: () => Raw): Raw[] => (condition ? [raw()] : []);

/** `1 pod`, `2 pods`. */
export const pods = (number: number): string => `${number} pod${number === 1 ? '' : 's'}`;
