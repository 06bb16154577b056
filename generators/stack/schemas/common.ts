import { type TProperties, type TSchema, Type } from 'typebox';

// What the schemas of the values are made of. Helm ignores a value that a chart does not know, so all of them are closed.

export const optional = Type.Optional;
export const closed = <T extends TProperties>(properties: T) =>
  Type.Object(properties, { additionalProperties: false });
export const text = Type.String({ minLength: 1 });
export const flag = Type.Boolean();
export const count = Type.Integer({ minimum: 0 });
export const some = <T extends TSchema>(items: T) => Type.Array(items, { minItems: 1 });
/** A map with free keys of one form. */
export const named = <T extends TSchema>(value: T, pattern = '^[A-Za-z0-9._/-]+$') =>
  Type.Record(Type.String({ pattern }), value, { additionalProperties: false });

const cpu = Type.String({ pattern: '^[1-9][0-9]*m?$' });
/** Memory or disk. */
export const bytes = Type.String({ pattern: '^[1-9][0-9]*(Mi|Gi)$' });

/** https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/ */
export const Resources = closed({
  requests: closed({ cpu, memory: bytes }),
  limits: closed({ memory: bytes }),
});

export const Enabled = closed({ enabled: flag });
export const Off = closed({ enabled: Type.Literal(false) });
export const Replicas = closed({ replicas: count });

/** A claim as a template of the Prometheus operator. */
export const ClaimTemplate = closed({
  volumeClaimTemplate: closed({
    spec: closed({
      accessModes: Type.Tuple([Type.Literal('ReadWriteOnce')]),
      storageClassName: optional(text),
      resources: closed({ requests: closed({ storage: bytes }) }),
    }),
  }),
});
