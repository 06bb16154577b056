import { isKept } from './destroys-data.ts';
import { isSmaller } from './quantity.ts';
import { isMadeAnew } from './rejected.ts';
import { waits } from './restarts.ts';
import type { Rule } from './rule.ts';

/** Changes of which a reader might think more than there is, with the reason why not. */
export const CONFIGURATION: readonly Rule[] = [
  {
    kinds: ['*'],
    on: ['remove'],
    only: isKept,
    risk: 'configuration',
    why: 'it stays in the cluster, because it says so itself; nobody manages it any more',
  },
  {
    kinds: ['Deployment', 'DaemonSet', 'StatefulSet', 'Rollout'],
    fields: ['/spec/template'],
    only: waits,
    risk: 'configuration',
    why: 'no pod is replaced by itself: the workload is paused, or waits until they are deleted',
  },
  {
    kinds: ['CronJob'],
    fields: ['/spec/jobTemplate'],
    risk: 'configuration',
    why: 'from the next run on; a run that is under way ends as it started',
  },
  {
    kinds: ['Job'],
    fields: ['/spec'],
    only: isMadeAnew,
    risk: 'configuration',
    why: 'the Job is deleted and made anew when it runs the next time',
  },
  {
    kinds: ['PersistentVolumeClaim'],
    fields: ['/spec/resources/requests/storage'],
    only: ({ before, after }) => isSmaller(before, after),
    risk: 'configuration',
    why: 'the volume grows, if its storage class allows it; it can never shrink again',
  },
  {
    kinds: ['Application.argoproj.io'],
    on: ['remove'],
    risk: 'configuration',
    why: 'what it deployed stays, unless a finalizer says otherwise',
  },
];
