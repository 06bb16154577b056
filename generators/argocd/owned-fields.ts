import { compareText } from '../problems/problem.ts';
import { partsOf } from './scene.ts';
import type { IgnoredDifference } from './schemas.ts';

/** Fields of a kind that somebody else fills in, who does, and where that is written. */
export interface OwnedFields {
  owner: string;
  source: string;
  /** Paths as jq writes them; a list that is not there is no error. */
  jqPathExpressions: readonly string[];
  /** Group and kind beside which a sync must not touch the fields either: their controller changes them while it runs. */
  respectedBeside?: string;
}

/**
 * By group and kind, what Argo CD leaves out when it compares. A list of a custom resource is compared as a whole,
 * so what the API server fills in inside of one would look like a change for ever. This is the one place for
 * fields that others own; an autoscaler's replicas are not in Git at all.
 */
export const OWNED_FIELDS: Readonly<Record<string, OwnedFields>> = {
  'gateway.networking.k8s.io/HTTPRoute': {
    owner: 'the API server: defaults of the CustomResourceDefinition',
    source: 'https://gateway-api.sigs.k8s.io/reference/spec/#httproute',
    jqPathExpressions: [
      '.spec.parentRefs[]?.group',
      '.spec.parentRefs[]?.kind',
      '.spec.rules[]?.backendRefs[]?.group',
      '.spec.rules[]?.backendRefs[]?.kind',
      '.spec.rules[]?.backendRefs[]?.weight',
    ],
    // https://rollouts-plugin-trafficrouter-gatewayapi.readthedocs.io/en/latest/quick-start/
    respectedBeside: 'argoproj.io/Rollout',
  },
  'gateway.networking.k8s.io/Gateway': {
    owner: 'the API server: defaults of the CustomResourceDefinition',
    source: 'https://gateway-api.sigs.k8s.io/reference/spec/#gateway',
    jqPathExpressions: [
      '.spec.listeners[]?.tls.certificateRefs[]?.group',
      '.spec.listeners[]?.tls.certificateRefs[]?.kind',
    ],
  },
  'external-secrets.io/ExternalSecret': {
    owner: 'the API server: defaults of the CustomResourceDefinition before External Secrets 2',
    source: 'https://external-secrets.io/latest/api/externalsecret/',
    jqPathExpressions: [
      '.spec.data[]?.remoteRef.conversionStrategy',
      '.spec.data[]?.remoteRef.decodingStrategy',
      '.spec.data[]?.remoteRef.metadataPolicy',
      '.spec.data[]?.remoteRef.nullBytePolicy',
    ],
  },
};

/** The entries of {@link OWNED_FIELDS} for some kinds, as an Application names them. */
export function ignoredDifferences(kinds: readonly string[]): IgnoredDifference[] {
  return [...kinds].sort(compareText).flatMap((kind) => {
    const owned = ownedOf(kind);
    return owned === undefined ? [] : [{ ...partsOf(kind), jqPathExpressions: [...owned.jqPathExpressions] }];
  });
}

/** True when a sync must leave such fields alone as well: it would set the weights of a canary back in its midst. */
export const isRespected = (kinds: readonly string[]): boolean =>
  kinds.some((kind) => kinds.includes(ownedOf(kind)?.respectedBeside ?? ''));

const ownedOf = (kind: string): OwnedFields | undefined =>
  Object.hasOwn(OWNED_FIELDS, kind) ? OWNED_FIELDS[kind] : undefined;
