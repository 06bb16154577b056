import { applicationFile, rootFile } from '../argocd/names.ts';
import type { State } from '../diff/state.ts';
import type { Json } from '../json/json.ts';
import { readValue } from '../read/value.ts';
import { parseYaml } from '../read/yaml.ts';
import { valueAt } from '../resolve/resolved.ts';
import type { Rollback } from './rollback.ts';
import type { Scope } from './scope.ts';

/** How the result of a rollback reaches the cluster. */
export type Delivery =
  /** Argo CD syncs it by itself. */
  | { by: 'argocd'; application: string; automated: boolean }
  /** The Application goes; its objects go with it, or stay. */
  | { by: 'nobody'; application: string; cascades: boolean }
  /** No Argo CD that is generated here. */
  | { by: 'unknown' };

/** Who delivers the result of a rollback: read from the Application of the service, or from the root of the environment. */
export function deliveryOf({ scope, before, after }: Pick<Rollback, 'scope' | 'before' | 'after'>): Delivery {
  const file = fileOf(scope);
  const now = documentAt(after, file);
  if (now !== undefined) {
    const automated = valueAt(now, ['spec', 'syncPolicy', 'automated']) !== undefined;
    return { by: 'argocd', application: nameOf(now), automated };
  }
  const gone = documentAt(before, file);
  if (gone === undefined) return { by: 'unknown' };
  const cascades = valueAt(gone, ['metadata', 'finalizers']) !== undefined;
  return { by: 'nobody', application: nameOf(gone), cascades };
}

const fileOf = ({ environment, service }: Scope): string =>
  service === undefined ? rootFile(environment) : applicationFile(environment, service);

const nameOf = (document: Json): string => String(valueAt(document, ['metadata', 'name']));

function documentAt(state: State, file: string): Json | undefined {
  const text = state.read([file]).get(file);
  const root = text === undefined ? undefined : parseYaml(text).root;
  return root === undefined ? undefined : readValue(root, undefined);
}
