import { Type } from 'typebox';
import * as s from './scalars.ts';

// What the model reads of a canary.

const optional = Type.Optional;
const text = (description: string) => Type.String({ errorMessage: 'text', description });

/** A step of Argo Rollouts, as the Rollout has it: https://argo-rollouts.readthedocs.io/en/stable/features/canary/ */
const step = s.closed(
  {
    setWeight: optional(s.integer(1, 99, 'Percentage of the requests.')),
    pause: optional(
      s.closed({ duration: optional(s.duration('How long; until a person goes on if left out.')) }, 'Waits.'),
    ),
  },
  'A step: one of setWeight and pause.',
);

/** What a Rollout has that a Deployment has not. */
export const rolloutValues = s.closed(
  {
    namespace: s.labelName('Namespace of its HTTPRoutes.'),
    steps: s.someOf(step, 'Steps of the canary.', false),
    analysis: s.closed(
      {
        server: s.url('Address of Prometheus.'),
        query: text('Query that gives the share of failed requests.'),
        most: s.word('^0\\.[0-9]{1,6}$', 'a share, such as 0.05')('Largest share that is allowed.'),
        delay: s.duration('Time before the first look.'),
        interval: s.duration('Time between two looks.'),
        failures: s.integer(0, 100, 'Bad looks that are forgiven.'),
      },
      'When the canary is bad.',
    ),
  },
  'How a new version takes over as a canary; for the workload Rollout.',
);

/** What divides the requests between the old and the new version. */
export const dividedBy = s.oneOf(
  ['gatewayAPI', 'nginx'],
  'What divides the requests between the Services <name>-stable and <name>-canary; without it the number of pods does.',
);
