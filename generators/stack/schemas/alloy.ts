import { type Static, Type } from 'typebox';
import { closed, Enabled, Resources, some, text } from './common.ts';

export const AlloySchema = closed({
  crds: closed({ create: Type.Literal(false) }),
  alloy: closed({
    configMap: closed({ content: text }),
    mounts: closed({ varlog: Type.Literal(true) }),
    enableReporting: Type.Literal(false),
    stabilityLevel: Type.Literal('generally-available'),
    resources: Resources,
  }),
  controller: closed({
    type: Type.Literal('daemonset'),
    tolerations: some(closed({ operator: Type.Literal('Exists') })),
  }),
  serviceMonitor: Enabled,
});

export type AlloyValues = Static<typeof AlloySchema>;
