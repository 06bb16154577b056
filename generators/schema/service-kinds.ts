/** Every kind of service, with what it does in a few words. This is the only list of them. */
export const SERVICE_KINDS = {
  web: 'answers requests behind a Service',
  worker: 'only works',
  cron: 'runs to its end on a schedule',
  stateful: 'keeps data in pods with names and volumes of their own',
} as const;
export type ServiceKind = keyof typeof SERVICE_KINDS;

/** The names of all kinds. */
export const serviceKinds = Object.keys(SERVICE_KINDS) as ServiceKind[];
