import { alerting } from './alerting.ts';
import { argocd } from './argocd.ts';
import { autoscaling } from './autoscaling.ts';
import type { BadInput } from './bad-input.ts';
import { charts } from './charts.ts';
import { containers } from './containers.ts';
import { contradictions } from './contradictions.ts';
import { files } from './files.ts';
import { hooks } from './hooks.ts';
import { keys } from './keys.ts';
import { kinds } from './kinds.ts';
import { patches } from './patches.ts';
import { references } from './references.ts';
import { rollout } from './rollout.ts';
import { secretInputs } from './secrets.ts';
import { slo } from './slo.ts';
import { syntax } from './syntax.ts';
import { values } from './values.ts';
import { waivers } from './waivers.ts';

/** All bad inputs by theme. */
export const badInputs: Readonly<Record<string, readonly BadInput[]>> = {
  syntax,
  files,
  keys,
  values,
  references,
  contradictions,
  autoscaling,
  rollout,
  kinds,
  containers,
  hooks,
  patches,
  waivers,
  secrets: secretInputs,
  argocd,
  charts,
  slo,
  alerting,
};
