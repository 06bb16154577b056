import { type Static, Type } from 'typebox';
import { Image, Resources, secretNames } from './container.ts';
import * as s from './scalars.ts';
import { SealedForHook } from './secrets.ts';

const optional = Type.Optional;

/** A Job that runs with every sync. */
const Hook = s.closed(
  {
    phase: s.oneOf(
      ['before', 'after'],
      'before: a sync starts only when it has succeeded; after: it runs when everything that was synced is healthy.',
    ),
    image: optional({ ...Image, description: "The container image; the service's own if left out." }),
    command: optional(
      s.listOf(s.plainText('A word.'), "Replaces the image's entrypoint; no shell is involved.", false),
    ),
    args: optional(s.listOf(s.plainText('A word.'), 'Arguments of the entrypoint; arrive literally.', false)),
    env: optional(
      s.keyed(
        s.environmentVariable('Name of the variable.'),
        s.plainText('Value; arrives literally, $(…) included.'),
        'Environment variables besides those of the service, or instead. Never a secret: this file is in Git.',
      ),
    ),
    secrets: optional(secretNames("Which of the service's secrets the hook gets; all if left out.")),
    sealed: optional(SealedForHook),
    resources: Resources,
    timeout: optional(
      s.duration('Time after which the hook, retries included, is ended and has failed; 10m if left out.'),
    ),
    retries: optional(s.integer(0, 100, 'How often a hook that failed is tried again; 3 if left out.')),
  },
  'A Job that runs before or after each sync, with the environment, secrets, files and volumes of the service.',
);

/** `hooks:` of a service. */
export const Hooks = s.keyed(
  s.labelName('Name of the hook.'),
  Hook,
  'Jobs that run before or after each sync, such as a migration; one after another in the order of their names. They must be able to run twice.',
);

export type HookInput = Static<typeof Hook>;
