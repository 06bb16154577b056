import { createServer, type IncomingMessage } from 'node:http';
import { isMap, type Json } from '../json/json.ts';
import { bodyOf, listening, type Server } from './server.ts';

/** A message that came, and whom it was for. */
export interface Message {
  /** Milliseconds since the desk was opened. */
  at: number;
  via: 'slack' | 'pagerduty' | 'opsgenie' | 'call';
  /** The channel, or the secret that the message came with. */
  to: string;
  /** What Slack would show as title; what a pager shows. */
  title: string;
  text: string;
}

/** What stands for Slack, PagerDuty, Opsgenie and the dead man's switch. */
export interface Desk extends Server {
  messages: readonly Message[];
}

/**
 * Opens the desk.
 *
 * @param token that Slack is to be asked with; undefined where it is asked by a webhook.
 */
export async function openDesk(token: string | undefined): Promise<Desk> {
  const start = performance.now();
  const messages: Message[] = [];
  const server = createServer((request, response) => {
    bodyOf(request)
      .then((body) => {
        const message = read(request, body, token);
        if (message === undefined) return void response.writeHead(400).end();
        messages.push({ at: performance.now() - start, ...message });
        response.writeHead(request.url?.startsWith('/pagerduty') ? 202 : 200, {
          'content-type': 'application/json',
        });
        response.end('{"ok":true}');
      })
      .catch(() => response.writeHead(400).end());
  });
  return { ...(await listening(server)), messages };
}

type Read = Omit<Message, 'at'>;

/** What a request says; undefined when nobody here takes it. */
function read(request: IncomingMessage, body: string, token: string | undefined): Read | undefined {
  const { url = '', headers } = request;
  if (url === '/call') return { via: 'call', to: 'dead-mans-switch', title: '', text: '' };
  const said: Json = JSON.parse(body);
  if (url === '/slack') {
    const allowed = token === undefined || headers.authorization === `Bearer ${token}`;
    return allowed ? slackMessage(said) : undefined;
  }
  if (url === '/pagerduty') return pagerDutyEvent(said);
  if (url.startsWith('/opsgenie/v2/alerts')) {
    const title = url.includes('/close') ? 'close' : textAt(said, 'message');
    return { via: 'opsgenie', to: (headers.authorization ?? '').replace('GenieKey ', ''), title, text: '' };
  }
  return undefined;
}

/** https://docs.slack.dev/reference/methods/chat.postMessage */
function slackMessage(said: Json): Read {
  const list = isMap(said) ? said['attachments'] : undefined;
  const attachment = (Array.isArray(list) ? list[0] : undefined) ?? {};
  return {
    via: 'slack',
    to: textAt(said, 'channel'),
    title: textAt(attachment, 'title'),
    text: textAt(attachment, 'text'),
  };
}

/** https://developer.pagerduty.com/docs/send-alert-event */
function pagerDutyEvent(said: Json): Read {
  const action = textAt(said, 'event_action');
  const payload = isMap(said) ? (said['payload'] ?? {}) : {};
  return {
    via: 'pagerduty',
    to: textAt(said, 'routing_key'),
    title: action === 'trigger' ? textAt(payload, 'summary') : action,
    text: '',
  };
}

const textAt = (value: Json, key: string): string => {
  const found = isMap(value) ? value[key] : undefined;
  return typeof found === 'string' ? found : '';
};
