import type { Rule } from './rule.ts';

/**
 * Labels by which people find objects and no selector does: the recommended ones but for name and instance, and our own.
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/
 */
const LABELS = [
  '/metadata/labels/app.kubernetes.io~1version',
  '/metadata/labels/app.kubernetes.io~1component',
  '/metadata/labels/app.kubernetes.io~1part-of',
  '/metadata/labels/app.kubernetes.io~1managed-by',
  '/metadata/labels/helm.sh~1chart',
  '/metadata/labels/slipway.dev~1team',
];

/** Changes without an effect. Labels of a pod template are none: they replace pods. */
export const NOISE: readonly Rule[] = [
  { kinds: ['*'], fields: LABELS, risk: 'noise', why: 'a label that nothing selects by' },
  {
    kinds: ['*'],
    fields: [
      '/metadata/annotations/kubectl.kubernetes.io~1last-applied-configuration',
      '/metadata/annotations/argocd.argoproj.io~1tracking-id',
      '/metadata/annotations/meta.helm.sh~1release-name',
    ],
    risk: 'noise',
    why: 'bookkeeping of a tool',
  },
];
