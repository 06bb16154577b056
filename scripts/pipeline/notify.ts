import { sendToSlack } from '../../generators/pipeline/slack.ts';
import { command, noMore } from '../command.ts';
import { print } from '../terminal.ts';
import { annotate } from './actions.ts';
import { needed } from './options.ts';

const HELP = `Sends a message to Slack. What cannot be sent is told and fails nothing: the message is not the work.

Usage: npm run pipeline -- notify TEXT

  SLACK_WEBHOOK_URL  in the environment: the incoming webhook; nothing is sent if empty
  -h, --help   this text

Exit status: 0, also if nothing was sent; 2 wrong usage.`;

/** `npm run pipeline -- notify`: only for what Argo CD's own notifications do not know of. */
export const run = command({
  name: 'pipeline -- notify',
  help: HELP,
  options: {},
  async run(_, positionals) {
    noMore(positionals, 1);
    const text = needed('TEXT', positionals[0]);
    const sent = await sendToSlack(process.env['SLACK_WEBHOOK_URL'] ?? '', text);
    if (sent === 'sent') print('sent');
    else if (sent === 'skipped') annotate('notice', 'No message to Slack: SLACK_WEBHOOK_URL is not set.');
    else annotate('warning', `No message to Slack: ${sent.problem}.`);
    return 0;
  },
});
