/** How a message went: `skipped` where no address is given. */
export type Sent = 'sent' | 'skipped' | { problem: string };

/** Milliseconds that a server has to answer. */
const PATIENCE = 10_000;

/**
 * Sends a message to a channel by an incoming webhook: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
 * A message that cannot be sent is told and changes nothing else. The address is a secret and in no message.
 *
 * @param address of the webhook; empty to send nothing.
 */
export async function sendToSlack(address: string, text: string): Promise<Sent> {
  if (address === '') return 'skipped';
  try {
    const response = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ text: escaped(text) }),
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE),
    });
    return response.ok ? 'sent' : { problem: `Slack answered ${response.status}` };
  } catch (error) {
    return { problem: error instanceof TypeError ? 'Slack cannot be reached' : 'Slack does not answer' };
  }
}

/** The three characters that mean something: https://docs.slack.dev/messaging/formatting-message-text#escaping */
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
