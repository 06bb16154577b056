import type { IProbe } from 'kubernetes-models/v1';
import { TIME_TO_FINISH, TIME_TO_FORGET, timeToFail, timeToFinish } from '../arithmetic/termination.ts';
import type { Raw } from '../finding.ts';
import { containersOf, drainOf, isLasting, matches, type Workload } from '../workload.ts';
import type { Environment } from '../world.ts';
import { fieldOf, pods, type Rule, rawIf } from './rule.ts';
import { allServices } from './services.ts';

/** A pod stops without losing what it was asked, and is not restarted before it gets no more requests. */
export const termination: Rule = (environment) =>
  [...environment.services.values()].flatMap(({ workloads }) =>
    workloads
      .filter(isLasting)
      .flatMap((workload) => [
        ...graceFindings(workload),
        ...drainFindings(workload, environment),
        ...paceFindings(workload),
      ]),
  );

function graceFindings(workload: Workload): Raw[] {
  const grace = workload.pod.terminationGracePeriodSeconds ?? 30;
  const drain = drainOf(workload);
  const rest = timeToFinish(grace, drain);
  return rawIf(rest < TIME_TO_FINISH, () => ({
    id: 'grace-below-drain',
    service: workload.service,
    keys: [['shutdown', 'grace'], ['shutdown', 'drain'], ['shutdown'], ['kind']],
    field: fieldOf(workload, ...workload.podPath, 'terminationGracePeriodSeconds'),
    message: `the grace period of ${grace}s leaves ${rest}s to finish after the drain of ${drain}s; at least ${TIME_TO_FINISH}s are needed`,
    hint: `set shutdown.grace to ${drain + TIME_TO_FINISH}s or more`,
  }));
}

/** Whether some Service leads requests to the pods. */
export const isServed = ({ labels }: Workload, environment: Environment): boolean =>
  allServices(environment).some(
    ({ selector }) => Object.keys(selector).length > 0 && matches(selector, labels),
  );

function drainFindings(workload: Workload, environment: Environment): Raw[] {
  const drain = drainOf(workload);
  return rawIf(drain < TIME_TO_FORGET && isServed(workload, environment), () => ({
    id: 'drain-too-short',
    service: workload.service,
    keys: [['shutdown', 'drain'], ['shutdown'], ['kind']],
    field: fieldOf(workload, ...workload.podPath, 'containers', '0', 'lifecycle'),
    message: `a pod that stops waits ${drain}s before it gets the TERM signal; proxies may send it requests for ${TIME_TO_FORGET}s`,
    hint: `set shutdown.drain to ${TIME_TO_FORGET}s or more`,
  }));
}

const paceOf = ({ periodSeconds = 10, failureThreshold = 3 }: IProbe) => ({
  period: periodSeconds,
  failures: failureThreshold,
});

function paceFindings(workload: Workload): Raw[] {
  return containersOf(workload).flatMap(({ container, path }) => {
    const { readinessProbe, livenessProbe } = container;
    if (readinessProbe === undefined || livenessProbe === undefined) return [];
    const [removed, restarted] = [timeToFail(paceOf(readinessProbe)), timeToFail(paceOf(livenessProbe))];
    return rawIf(restarted < removed, () => ({
      id: 'restart-before-removal',
      service: workload.service,
      keys: [
        ['health', 'liveness'],
        ['health', 'readiness'],
      ],
      field: fieldOf(workload, ...path, 'livenessProbe'),
      message: `a pod that hangs is restarted ${restarted}s after its first failed probe, before it is taken out of the Service after ${removed}s: ${pods(workload.pods.min)} under load restart together instead of resting`,
      hint: 'give liveness more failures, or a longer period, than readiness',
    }));
  });
}
