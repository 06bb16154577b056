import type { Stack } from '../resolve/stack.ts';

/** Where Loki answers, inside the cluster: the Service that its chart makes for a release of this name. */
export const lokiAddress = ({ namespace }: Pick<Stack, 'namespace'>): string =>
  `http://loki.${namespace}.svc:3100`;
