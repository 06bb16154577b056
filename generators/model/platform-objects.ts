import { list } from './combinators.ts';
import { type KubernetesObject, plain } from './object.ts';
import { dashboards } from './platform/dashboards.ts';
import { gateway, redirectToHttps } from './platform/gateway.ts';
import { monitoringNamespace, monitoringSecrets, monitoringStore } from './platform/monitoring.ts';
import { defaultDeny, limitRange, namespace, resourceQuota } from './platform/namespace.ts';
import { secretStore, secretStoreAccount } from './platform/secret-store.ts';
import type { PlatformValues } from './values.ts';

/** The parts of a platform by name; each becomes a folder of its own. A part without objects is left out. */
export function platformObjects(platform: PlatformValues): Map<string, KubernetesObject[]> {
  const parts = new Map<string, unknown[] | undefined>([
    [
      'namespace',
      list<unknown>(
        namespace(platform),
        resourceQuota(platform),
        limitRange(platform),
        defaultDeny(platform),
      ),
    ],
    ['gateway', list<unknown>(gateway(platform), redirectToHttps(platform))],
    [
      'monitoring',
      list<unknown>(monitoringNamespace(platform), monitoringStore(platform), monitoringSecrets(platform)),
    ],
    [
      'secret-store',
      list<unknown>(
        secretStoreAccount(platform, platform.secretStore),
        secretStore(platform, platform.secretStore),
      ),
    ],
    ['dashboards', dashboards(platform)],
  ]);
  const present = [...parts].flatMap(([part, objects]) =>
    objects === undefined ? [] : [[part, plain(objects) as KubernetesObject[]] as const],
  );
  return new Map(present);
}
