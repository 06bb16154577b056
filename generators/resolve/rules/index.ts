import {
  prometheusSignsInOnce,
  scalingIsClear,
  scalingNeedsTriggers,
  triggersAreClear,
  triggersHaveKeda,
  triggersSignIn,
  windowsAreClear,
} from './autoscaling.ts';
import { containersAreDistinct, extrasSeeWhatIsThere, portNamesAreDistinct } from './containers.ts';
import { cronIsClear, scheduleIsClear, timeZoneExists } from './cron.ts';
import { fileKeysAreDistinct, filesFit, mountsAreDistinct } from './files.ts';
import {
  chosenSecretsExist,
  hookNamesAreFree,
  hooksDoSomething,
  hookVariablesAreDistinct,
  sealedForOneSecret,
  sealedIsThere,
} from './hooks.ts';
import { hostsAreReachable } from './hosts.ts';
import { keysFitKind, nameFitsKind } from './kinds.ts';
import { calleesExist, callersExist, noCallToItself } from './network.ts';
import {
  metricsPortExists,
  portsAreDistinct,
  probesCanAsk,
  routeLeadsSomewhere,
  webAnswers,
} from './ports.ts';
import { promotedKeysExist } from './promote.ts';
import {
  analysisSeesErrors,
  canaryHasController,
  canaryIsLookedAt,
  dividedNamesAreFree,
  errorsAreCounted,
} from './rollout.ts';
import type { ServiceRule } from './rule.ts';
import { sealedIsEncrypted, secretsHaveStore, variablesAreDistinct } from './secrets.ts';
import { alertsHaveOwner, objectivesCanAlert, sloCanBeMeasured, thresholdIsBound } from './slo.ts';
import { headlessNameIsFree } from './stateful.ts';
import { waiverDatesExist } from './waivers.ts';
import { drainEndsBeforeKill, helmTakesNoPatch, imageHasVersion, requestsWithinLimits } from './workload.ts';

export { platformRules } from './platform.ts';
export type { ServiceScene } from './rule.ts';

/** All rules about a service. */
export const serviceRules: readonly ServiceRule[] = [
  keysFitKind,
  nameFitsKind,
  scheduleIsClear,
  timeZoneExists,
  cronIsClear,
  headlessNameIsFree,
  imageHasVersion,
  helmTakesNoPatch,
  scalingIsClear,
  triggersHaveKeda,
  triggersAreClear,
  triggersSignIn,
  prometheusSignsInOnce,
  scalingNeedsTriggers,
  windowsAreClear,
  canaryHasController,
  errorsAreCounted,
  analysisSeesErrors,
  canaryIsLookedAt,
  dividedNamesAreFree,
  drainEndsBeforeKill,
  requestsWithinLimits,
  webAnswers,
  containersAreDistinct,
  portNamesAreDistinct,
  extrasSeeWhatIsThere,
  portsAreDistinct,
  probesCanAsk,
  metricsPortExists,
  routeLeadsSomewhere,
  hostsAreReachable,
  callersExist,
  calleesExist,
  noCallToItself,
  filesFit,
  fileKeysAreDistinct,
  mountsAreDistinct,
  ({ service }) => waiverDatesExist(service),
  variablesAreDistinct,
  secretsHaveStore,
  sealedIsEncrypted,
  hookNamesAreFree,
  hooksDoSomething,
  chosenSecretsExist,
  hookVariablesAreDistinct,
  sealedIsThere,
  sealedForOneSecret,
  promotedKeysExist,
  sloCanBeMeasured,
  objectivesCanAlert,
  thresholdIsBound,
  alertsHaveOwner,
];
