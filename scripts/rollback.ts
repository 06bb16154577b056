import type { Change } from '../generators/diff/change.ts';
import { diffStates } from '../generators/diff/diff.ts';
import { formatTerminal } from '../generators/diff/format-terminal.ts';
import { type RevertLimits, revertLimits } from '../generators/diff/revert.ts';
import { shortId } from '../generators/git/commit.ts';
import { printable } from '../generators/problems/problem.ts';
import { type Delivery, deliveryOf } from '../generators/rollback/delivery.ts';
import { nameOf } from '../generators/rollback/history.ts';
import { keepRollback, type Rollback, tryRollback } from '../generators/rollback/rollback.ts';
import type { Scope } from '../generators/rollback/scope.ts';
import { type TakenAlong, takenAlong } from '../generators/rollback/taken-along.ts';
import { command, noMore, ROOT_HELP, ROOT_OPTION, rootOf, UsageError } from './command.ts';
import { onOut, print } from './terminal.ts';

const HELP = `Brings an earlier state of an environment, or of one service there, back: reverts the commits that changed it,
on a branch of its own, and proves that its output is byte for byte as it was.

Usage: npm run rollback -- ENVIRONMENT [SERVICE] [--to COMMIT] [--dry-run] [--force] [--root DIR]

  --to COMMIT  the state that is to come back; the one before the newest change if left out
  --dry-run    only say what would be reverted, and what that does
  --force      go on although other services would be rolled back as well, or something cannot be undone
${ROOT_HELP}
  -h, --help   this text

Exit status: 0 done; 1 refused, and nothing was changed; 2 wrong usage.`;

/** `npm run rollback`: one command at 3 a.m. */
export const run = command({
  name: 'rollback',
  help: HELP,
  options: {
    ...ROOT_OPTION,
    to: { type: 'string' },
    'dry-run': { type: 'boolean' },
    force: { type: 'boolean' },
  },
  run(values, positionals) {
    noMore(positionals, 2);
    const [environment, service] = positionals;
    if (environment === undefined) throw new UsageError('name an ENVIRONMENT');
    const root = rootOf(values);
    const rollback = tryRollback(root, { environment, service }, values.to);
    const along = takenAlong(rollback);
    const limits = revertLimits(rollback.after, rollback.before);
    printChanges(rollback);
    print(formatTerminal(diffStates(rollback.before, rollback.after), onOut));
    print('');
    printAlong(rollback, along);
    printLimits(limits);
    if (values['dry-run'] === true) {
      print(deliveryText(rollback.scope, deliveryOf(rollback)));
      print(onOut('dim', 'Only tried out (--dry-run): nothing was changed.'));
      return 0;
    }
    if (values.force !== true && (along.units.length > 0 || isLossy(limits))) {
      print(
        onOut('red', 'Refused, for what is said in red. Nothing was changed; to go on all the same: --force'),
      );
      return 1;
    }
    printNext(rollback, keepRollback(root, rollback));
    return 0;
  },
});

const isLossy = ({ lost, refused, destroyed }: RevertLimits) =>
  lost.length + refused.length + destroyed.length > 0;

function printChanges({ scope, target, changes }: Rollback): void {
  print(`${onOut('bold', nameOf(scope))} back to ${shortId(target.id)}; reverted:`);
  for (const { id, date, author, subject, isMerge } of changes)
    print(
      `  ${shortId(id)}  ${date}  ${printable(author)}  ${printable(subject)}${isMerge ? ' (merge)' : ''}`,
    );
  print('');
}

function printAlong({ scope, others }: Rollback, { units, elsewhere }: TakenAlong): void {
  if (units.length > 0)
    print(`${onOut('red', 'Rolled back as well')} in ${scope.environment}: ${units.join(', ')}`);
  for (const [environment, names] of elsewhere)
    print(`${onOut('yellow', 'Changes as well')} in ${environment}: ${names.join(', ')}`);
  if (others.length > 0)
    print(
      `${onOut('yellow', 'Changes as well')}, neither input nor output: ${others.map(printable).join(', ')}`,
    );
}

/** What a revert cannot undo: it brings text back, and neither data nor the past. */
function printLimits({ lost, refused, destroyed, ran }: RevertLimits): void {
  const tell = (title: string, changes: readonly Change[]) => {
    for (const { environment, object, reasons } of changes)
      print(
        `${title}: ${object.kind}/${object.name} in ${environment}${reasons.length > 0 ? `: ${reasons.join('; ')}` : ''}`,
      );
  };
  tell(onOut('red', 'Data is lost already'), lost);
  tell(onOut('red', 'The rollback destroys data'), destroyed);
  tell(onOut('red', 'Kubernetes refuses to take back'), refused);
  tell(onOut('yellow', 'What this Job did stays done'), ran);
}

function printNext(rollback: Rollback, branch: string): void {
  const { scope } = rollback;
  print(
    `${onOut('green', 'Proven')}: the output of ${nameOf(scope)} is byte for byte as it was. Branch: ${branch}`,
  );
  print(`Next: git push --set-upstream origin ${branch}, and have it merged.`);
  print(deliveryText(scope, deliveryOf(rollback)));
}

/** What happens once it is merged, and what a person has to do then. */
function deliveryText({ environment, service }: Scope, delivery: Delivery): string {
  if (delivery.by === 'unknown') return 'Then sync it, with prune, unless something does so by itself.';
  const { application } = delivery;
  if (delivery.by === 'nobody')
    return delivery.cascades
      ? `Then Argo CD deletes ${application} and all its objects.`
      : `Then ${application} is gone from Argo CD, and its objects stay until somebody deletes them.`;
  if (delivery.automated) return 'Then Argo CD syncs it by itself.';
  const what = service === undefined ? `--selector slipway.dev/environment=${environment}` : application;
  return `Then sync it: argocd app sync ${what} --prune`;
}
