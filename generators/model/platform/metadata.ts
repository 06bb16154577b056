import type { PlatformValues } from '../values.ts';

/** Metadata of an object that belongs to the platform and not to one service. */
export const metadata = (platform: PlatformValues, name: string) => ({
  name,
  labels: {
    'app.kubernetes.io/part-of': platform.name,
    'app.kubernetes.io/managed-by': 'slipway',
  },
});
